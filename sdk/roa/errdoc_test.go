package roa

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// knownCodes is the table of docs/errors.md. Class and retry come from the code
// under test.
var knownCodes = []struct {
	code    string
	status  int // as seen
	meaning string
}{
	{"AddonNotFound", 404, "The cluster has no add-on of this name, or there is none."},
	{"Cluster.NotFound", 404, "The cluster does not exist; responses of ACK One."},
	{"CLUSTER_NOT_FOUND", 404, "The cluster does not exist; responses of the diagnosis."},
	{"ContentSha256NotMatched", 400, "The body is another one than was signed: something on the way changed it."},
	{"DependencyViolation.Resource", 400, "Something still uses the resource that is to be deleted."},
	{"ErrAuthorizationConflict", 409, "Another change of the same permissions is under way."},
	{"ErrorClusterNameAlreadyExist", 400, "A cluster of this name exists."},
	{"ErrorClusterNotFound", 404, "The cluster does not exist, or no longer does."},
	{"ErrorNodePoolNotFound", 404, "The node pool does not exist, or no longer does."},
	{"ErrorRamPolicyConfig", 400, "The user has no RAM policy that lets it read the cluster, which it needs before it is given permissions in it."},
	{"Forbidden", 403, "The caller may not do this."},
	{"Forbidden.RAM", 403, "No RAM policy allows this to the caller. `AccessDeniedDetail` says which one is missing."},
	{"ForbiddenGrantPermissions", 403, "The caller may not give permissions to others."},
	{"ForbiddenUpdateKMSState", 403, "The role of the caller inside the cluster does not allow to change how secrets are encrypted."},
	{"IncompleteSignature", 400, "The signature lacks a part."},
	{"InternalError", 500, "The service failed."},
	{"InvalidAccessKeyId.Inactive", 400, "The access key is disabled."},
	{"InvalidAccessKeyId.NotFound", 404, "The access key does not exist."},
	{"InvalidAction.NotFound", 404, "The service has no operation of this name and version."},
	{"InvalidApi.NotFound", 404, "The service has no operation of this method and path."},
	{"InvalidParameter", 400, "A parameter has a value that the service does not accept."},
	{"InvalidResource.NotFound", 400, "The resource does not exist."},
	{"InvalidSecurityToken.Expired", 400, "The STS token has expired: the credentials provider must give a fresh one."},
	{"InvalidTimeStamp.Expired", 400, "The time of the request is more than 15 minutes off. The client corrects its clock by the response and sends again."},
	{"InvalidTimeStamp.Format", 400, "The time of the request cannot be read."},
	{"InvalidVersion", 400, "The service has no such API version."},
	{"MissingAccessKeyId", 400, "The request names no access key."},
	{"MissingParameter", 400, "A required parameter is missing."},
	{"MissingSecurityToken", 400, "The access key is a temporary one, and its token is missing."},
	{"NO_RAM_POLICY_AUTH", 400, "A RAM policy that the diagnosis needs is missing."},
	{"ORDER.OPEND", 500, "The product is open already, so there is nothing to do."},
	{"Rejected.Throttling", 429, "Too many requests."},
	{"RESOURCE_NOT_FOUND", 404, "The resource does not exist; responses of the diagnosis."},
	{"ServiceUnavailable", 503, "The service is busy."},
	{"SignatureDoesNotMatch", 400, "The signature is wrong: the access key secret is, or something on the way changed the request."},
	{"SignatureNonceUsed", 400, "The service has seen this very request before."},
	{"StatusForbidden", 403, "The role of the caller inside the cluster does not allow this."},
	{"Throttling", 429, "Too many requests."},
	{"Throttling.Api", 429, "Too many requests of this operation."},
	{"Throttling.User", 429, "Too many requests of this account."},
}

// sentAgain says which operations are sent again after an error.
func sentAgain(e *APIError) string {
	switch {
	case e.clock():
		return "once, with the clock corrected"
	case !e.transient():
		return "no"
	case ErrorClass(e) == "throttled":
		return "every operation"
	default:
		return "idempotent, token"
	}
}

const errorsHead = `# Errors

A response other than 2xx is a ` + "`*roa.APIError`" + `, whatever its body is: JSON in either casing, XML, HTML, empty or cut off. Classes and codes of errors are
told apart by ` + "`errors.Is`" + `.

` + "```go" + `
out, err := client.DescribeClusterDetail(ctx, &ack.DescribeClusterDetailRequest{ClusterID: id})
switch {
case errors.Is(err, roa.ErrNotFound): // the class: by the code, else by the status
	return errors.New("there is no such cluster")
case errors.Is(err, context.DeadlineExceeded): // causes in packages context and net are kept
	return errors.New("the service is too slow today")
}
if apiErr, ok := errors.AsType[*roa.APIError](err); ok {
	return fmt.Errorf("refused with %s after %d attempts, ask support about %s", apiErr.Code, apiErr.Attempts, apiErr.RequestID)
}
` + "```" + `

It has the operation, the status, code and message of the service, the request id, the number of attempts, the start of the body and, where
a permission was missing, ` + "`AccessDeniedDetail`" + `. Its text holds no credentials, headers or bodies.

The text of every error is one short line. A server, a proxy or ` + "`net/http`" + ` may quote the credentials or a ` + "`roa.Secret`" + ` of the request, perhaps
escaped as in JSON and URLs. ` + "`[REDACTED]`" + ` stands in their place: in texts, request ids, and every field of an ` + "`*roa.APIError`" + `, its header
included. Secrets of less than four characters are not looked for, nor those in another encoding, such as base64.

## Kinds

| What happened | Error | Word of ` + "`roa.ErrorClass`" + ` |
| --- | --- | --- |
| a response with a status other than 2xx | ` + "`*roa.APIError`" + `; it matches its class and its code | see [Classes](#classes) |
| a response of 2xx that cannot be decoded, or lacks what the service always sends | ` + "`*roa.DecodeError`" + ` | decode, connection where it is cut off |
| a response above the limit of ` + "`roa.WithMaxResponseSize`" + ` | matches ` + "`roa.ErrResponseTooLarge`" + ` | too_large |
| no response, after one attempt | the cause, such as a ` + "`*net.OpError`" + ` | connection, timeout or tls |
| no response, or one that breaks off, to the last of several attempts | ` + "`*roa.RetryError`" + ` with the number of attempts, the cause, and the last response or failure before it | that of the cause |
| the context ended | matches ` + "`context.Canceled`" + ` or ` + "`context.DeadlineExceeded`" + `, inside a ` + "`*roa.RetryError`" + ` between two attempts | canceled or timeout |
| the request breaks a limit, with ` + "`roa.WithValidation`" + ` | ` + "`*roa.ValidationError`" + `; it matches ` + "`roa.ErrInvalid`" + `; nothing was sent | invalid |
| no credentials | the error of the provider, see [credentials](credentials.md#errors); nothing was sent | other or timeout |
| a mistake of the program: a request that is nil, an empty path parameter, a mask in place of a secret | text only; nothing was sent | other |
| a list whose pages repeat | matches ` + "`roa.ErrRepeatedPage`" + `, see [paging and waiting](paging-and-waiting.md) | other |
| what was waited for has failed, or a wait ended without an outcome | ` + "`*roa.TaskError`" + `, ` + "`*roa.WaitError`" + ` or ` + "`roa.ErrNoTask`" + `, see [there](paging-and-waiting.md#wait) | that of the cause, else other |

Errors come wrapped: use ` + "`errors.Is`, `errors.As` and `errors.AsType`" + `, which look into both errors of a ` + "`*roa.RetryError`" + `. Ask for causes
such as ` + "`context.Canceled`" + ` before an ` + "`*roa.APIError`" + `, which may be that of an earlier attempt. ` + "`roa.ErrorClass`" + ` gives one word for
any error, for metrics. [Faults](faults.md) shows what each kind of failure of the network becomes.

## Classes

| Class | Word | Without a known code: status |
| --- | --- | --- |
| ` + "`ErrNotFound`" + ` | not_found | 404, 410, if the body is JSON with a code |
| ` + "`ErrThrottled`" + ` | throttled | 429, or a message about the QPS limit |
| ` + "`ErrConflict`" + ` | conflict | 409, 412 |
| ` + "`ErrForbidden`" + ` | forbidden | 403 |
| ` + "`ErrUnauthenticated`" + ` | unauthenticated | 401 |
| ` + "`ErrInvalid`" + ` | invalid | 400, 405, 415, 422 |
| ` + "`ErrServer`" + ` | server | 500 and above |
| none | status | all others, such as 302, 408, 425 and 499; 407 whatever the code is |

408 and 425 may pass: idempotent operations and those with a token are sent again. 499 is what a proxy says whose own client hung up: a call
ends with it, a wait goes on. 407 comes from a proxy on the way, never from the service, and the text says so. A proxy that refuses to connect is
an error of the connection; it is tried again unless its status is one of 4xx that lasts, such as 403 and 407.

A response that breaks off is a failure of the connection, also where only the JSON tells that its end is missing: an idempotent operation is
sent again, and ` + "`errors.Is`" + ` finds ` + "`io.ErrUnexpectedEOF`" + `. JSON that is broken in another way, or a page, with status 200 is a
` + "`*roa.DecodeError`" + ` and is not sent again: whoever sent it has responded in full, and would do the same next time. The operation may have succeeded.

## What proves that something is gone

A 404 alone proves nothing: a proxy, an ingress, a gateway or a web server on the way sends one as well, and may send a request id back. So
` + "`" + `roa.ErrNotFound` + "`" + ` matches only an error whose body is a JSON object with a code, and not codes about the caller or the endpoint,
such as ` + "`" + `InvalidRegionId.NotFound` + "`" + ` or ` + "`" + `EntityNotExist.Role` + "`" + `. What waits for an end, such as ` + "`" + `WaitClusterDeleted` + "`" + `, is stricter: it ends well with a
state that says so, and with the codes that the spec lists for it under ` + "`" + `gone` + "`" + ` (` + "`" + `Waiter.Gone` + "`" + ` in the generated code). Any other
404 ends the wait with an error.

## Responses that are not one

- A success without a body, with ` + "`" + `null` + "`" + `, ` + "`" + `""` + "`" + ` or ` + "`" + `{}` + "`" + `, is an error where the service always sends something: an id, a
  state, a list. The generated ` + "`" + `Operation.Always` + "`" + ` says what that is. It is a ` + "`" + `*roa.DecodeError` + "`" + `, and the call is tried again if that is safe.
- A success whose object holds the code of an error, and none of what the operation declares, is a
  ` + "`" + `*roa.DecodeError` + "`" + ` that names the code. So is one in place of a map of lists.
- A member of another type than declared is converted where nothing is guessed. If it cannot be, it is left out,
  and its path stands in ` + "`" + `Metadata.Lost` + "`" + `. The call fails with a ` + "`" + `*roa.DecodeError` + "`" + ` only for what it is about: the whole
  body, what the service always sends, and what pagers, waiters and tasks go by (` + "`" + `Operation.Needed` + "`" + `).
- An object, an array or a boolean in place of a text becomes its JSON text, but never an id, a state or a token that pagers, waiters and tasks
  go by: that fails. So does JSON with something after its end.
- A list or map is read whole or not at all. A list without the item that could not be read would say that it is gone.

## Known codes

Case does not matter. Codes that contain ` + "`Throttling`" + `, that start with ` + "`Forbidden`, `InvalidAccessKeyId`, `InvalidSecurityToken` or `InvalidTimeStamp`" + `,
and that end with ` + "`NotFound`, `NOT_FOUND`, `Conflict`, `AlreadyExist` or `AlreadyExists`" + ` have the class that their name says, also when they are not in the
table. *Sent again* tells for which retry classes of operations the client makes another attempt; see [retries](retries.md).

` + "`errors.Is(err, roa.CodeThrottlingUser)`" + ` matches a single code. Package roa has constants for the codes that all products share, as the
gateway sends them, and package ack for those of ACK alone.

This table is written by ` + "`go test ./sdk/roa -run TestErrorsDoc -update`" + ` and compared on every run.

| Code | Constant | Status | Class | Sent again | Meaning |
| --- | --- | --- | --- | --- | --- |
`

// TestErrorsDoc compares docs/errors.md with what the client does, and checks that
// no code of its tables is missing there.
func TestErrorsDoc(t *testing.T) {
	t.Parallel()
	var doc strings.Builder
	doc.WriteString(errorsHead)
	listed := map[string]bool{}
	constants := codeConstants(t)
	before := ""
	for _, k := range knownCodes {
		e := &APIError{StatusCode: k.status, Code: k.code}
		lower := strings.ToLower(k.code)
		assert.False(t, listed[lower], k.code)
		assert.Less(t, before, lower, "the table is in order")
		before, listed[lower] = lower, true
		assert.NotEmpty(t, constants[k.code], "%s has no constant", k.code)
		doc.WriteString("| `" + k.code + "` | " + strings.Join([]string{"`" + constants[k.code] + "`", strconv.Itoa(k.status), ErrorClass(e), sentAgain(e), k.meaning}, " | ") + " |\n")
		delete(constants, k.code)
	}
	assert.Empty(t, constants, "the table lists every constant")
	for _, table := range []map[string]bool{transientCodes, clockCodes} {
		for code := range table {
			assert.True(t, listed[code], code)
			assert.Equal(t, strings.ToLower(code), code)
		}
	}
	for code := range codeClasses {
		assert.True(t, listed[code], code)
	}
	for status := range statusClasses {
		assert.Regexp(t, `\| `+ErrorClass(&APIError{StatusCode: status, Code: "Unknown"})+` \|[^|]*`+strconv.Itoa(status), errorsHead)
	}
	checkDoc(t, "../../docs/errors.md", doc.String())
}

// codeConstants returns the names of all Code constants, with their package, by
// their values.
func codeConstants(t *testing.T) map[string]string {
	t.Helper()
	names := map[string]string{}
	for pkg, file := range map[string]string{"roa": "codes.go", "ack": "../ack/errors_gen.go"} {
		tree, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		require.NoError(t, err)
		ast.Inspect(tree, func(node ast.Node) bool {
			spec, ok := node.(*ast.ValueSpec)
			if !ok {
				return true
			}
			literal, ok := spec.Values[0].(*ast.BasicLit)
			require.True(t, ok)
			value, err := strconv.Unquote(literal.Value)
			require.NoError(t, err)
			assert.Empty(t, names[value], "%s has two constants", value)
			names[value] = pkg + "." + spec.Names[0].Name
			return true
		})
	}
	return names
}

func TestCodeMatches(t *testing.T) {
	t.Parallel()
	err := fmt.Errorf("wrapped: %w", &RetryError{Err: &APIError{StatusCode: 429, Code: "throttling.user"}})
	assert.ErrorIs(t, err, CodeThrottlingUser, "whatever the case")
	assert.ErrorIs(t, err, ErrThrottled)
	assert.NotErrorIs(t, err, CodeThrottling)
	assert.NotErrorIs(t, errors.New("Throttling.User"), CodeThrottlingUser)
	assert.ErrorIs(t, &APIError{StatusCode: 404, Code: "ErrorClusterNotFound"}, Code("ErrorClusterNotFound"))
}
