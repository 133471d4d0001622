// Package roa is the runtime below the generated clients: it binds requests,
// signs them, sends them over HTTP, and turns responses into values or errors. It
// serves every Alibaba Cloud API of the ROA style and knows no operation of any.
//
// # Use
//
// Programs meet this package through the options of a generated client, such
// as [WithRegion] and [WithCredentials], through its errors, [APIError] and
// the classes from [ErrNotFound] to [ErrServer], and through [Secret]. Options
// for one call, such as [CallTimeout], stand at its end. A [Pager] lists all pages
// and a [Waiter] waits for a state; generated code has one for each operation that
// needs it. An operation that no client has yet is called by [Client.Call], which
// generated clients have, too.
//
// Optional fields of requests are pointers; Go makes one of a value by new, as
// in new(int64(3)). [Value] reads one. [JSON] is a value that can be of several types, and a
// response that is a [ReadCloser] is still on its way: it must be closed.
//
// # Errors
//
// Every response with a status other than 2xx is an [*APIError], whatever its
// body is. A call that was tried again and ended without a response is a
// [*RetryError]. All other failures name the operation and wrap their cause, so
// that [context.Canceled], [context.DeadlineExceeded] and the errors of package
// net can be matched. No error text holds credentials, headers or bodies.
//
// # For generated code
//
// Programs need none of these: [NewClient], [Client.Do], [Client.NilRequest],
// [Client.NewToken], [Service], [Operation], [ResponseShape], [Request],
// [NewRequest], [Number], [NumberField], [StateOf], [TextsOf], [NonZero],
// [CopyList], [FormatState] and [SupportsGeneratedCode1]. The methods of a request are
// the ways in which parameters and bodies are sent, and the shapes those in which
// responses come.
//
// # Imports
//
// The package imports the standard library, sdk/internal/oneline and nilcheck,
// github.com/go-json-experiment/json and golang.org/x/time. It never imports
// generated code, the generator or a command, and it reads no environment
// variable of its own. What an option needs is linked into a program only if the
// program names the option.
package roa

// Version is the version of this module, as sent in the User-Agent header.
const Version = "0.1.0-dev" // set by specgen release
