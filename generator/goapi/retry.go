package goapi

import (
	"net/http"

	"github.com/ackgen/ackgen/generator/model"
)

const extRetry = "x-ack-retry"

var retryClasses = map[string]model.Retry{
	"unsafe": model.RetryUnsafe, "token": model.RetryToken, "idempotent": model.RetryIdempotent,
}

// retry sets the retry class. Without x-ack-retry, GET and HEAD are idempotent and
// all other methods unsafe.
func (b *builder) retry(o *operation) {
	o.built.Retry = model.RetryUnsafe
	if o.method == http.MethodGet || o.method == http.MethodHead {
		o.built.Retry = model.RetryIdempotent
	}
	v := o.ext(extRetry)
	class := extension[string](b, v)
	if class == nil {
		return
	}
	retry, ok := retryClasses[*class]
	if !ok {
		b.badExtension(v, "unknown class "+quote(*class), "write idempotent, token or unsafe")
		return
	}
	o.built.Retry = retry
	if retry != model.RetryToken {
		return
	}
	for _, f := range o.built.Request.Fields {
		if f.Name == "ClientToken" && f.Type.Kind == model.KindString {
			o.built.Token = f
			return
		}
	}
	b.badExtension(v, "the request has no string called client_token", "declare it, or choose another class")
}
