package wire

import "github.com/ackgen/ackgen/cmd/specgen/internal/change"

// anyKind matches all kinds.
const anyKind = "*"

// ownRules are those for the changes that our own checks and the walk report.
var ownRules = []rule{
	{kinds: "texts-changed", level: change.Text, why: whyTexts},
	{kinds: "examples-changed", level: change.Text, why: whyTexts},
	{kinds: "sources-changed", level: change.Text, why: whyTexts},

	// What the client does with an operation.
	{kinds: "group-changed", level: change.Risky, says: "SUBJECT is in the group TO in place of FROM.", why: whyGoDecides},
	{kinds: "retry-allowed", level: change.Compatible, says: "SUBJECT is tried again after errors: its class is TO in place of FROM.", why: "A second request does no harm."},
	{kinds: "retry-changed", level: change.Risky, says: "Another class decides whether SUBJECT is tried again after errors: TO in place of FROM.", why: "Programs see errors, or repetitions, that they did not see."},
	{kinds: "x-ack-task-added", level: change.Compatible, says: "The client can wait for the task that SUBJECT starts.", why: whyAddition},
	{kinds: "x-ack-task-removed", level: change.Risky, says: "The client can no longer wait for the task that SUBJECT starts.", why: whyHelpers},
	{kinds: "x-ack-task-changed", level: change.Risky, says: "The task that SUBJECT starts is known by TO in place of FROM.", why: whyHelpers},
	{kinds: "pagination-added", level: change.Compatible, says: "The client can read all pages of SUBJECT.", why: whyAddition},
	{kinds: "pagination-removed", level: change.Risky, says: "The client can no longer read all pages of SUBJECT.", why: whyHelpers},
	{kinds: "pagination-changed", level: change.Risky, says: "Pages are read in another way, SUBJECT: TO in place of FROM.", why: whyHelpers},
	{kinds: "waiter-added", level: change.Compatible, says: "The client can wait in a new way: SUBJECT.", why: whyAddition},
	{kinds: "waiter-removed", level: change.Risky, says: "The client can no longer wait in this way: SUBJECT.", why: whyHelpers},
	{kinds: "waiter-changed", level: change.Risky, says: "The wait changes in SUBJECT: TO in place of FROM.", why: "Programs that wait may go on earlier, later or never."},
	{kinds: "x-ack-ram-action-*", level: change.Risky, says: "The RAM action of SUBJECT changes from FROM to TO.", why: "Policies that name the other action may not allow the call."},
	{kinds: "x-ack-cluster-scoped-*", level: change.Risky, says: "Whether a RAM policy can limit SUBJECT to clusters changes from FROM to TO.", why: "Policies may not allow the call, or too many."},
	{kinds: "x-ack-status-*", level: change.Compatible, says: "The status of SUBJECT changes from FROM to TO.", why: "It says how far the thing can be relied on, and can be used as before."},
	{kinds: "shim-marked", level: change.Compatible, says: "The provider removed SUBJECT, which stays for programs that name it: TO.", why: "Programs go on until the window ends."},
	{kinds: "shim-unmarked", level: change.Compatible, says: "The provider has SUBJECT again.", why: "It can be used as before."},
	{kinds: "shim-window-changed", level: change.Compatible, says: "How long SUBJECT stays changes from FROM to TO.", why: "Programs go on until the window ends."},

	// Values.
	{kinds: "always-added", level: change.Risky, says: "The client counts on the field TO in responses with SUBJECT.", why: "A response without it becomes an error."},
	{kinds: "always-removed", level: change.Risky, says: "The client no longer counts on the field FROM in responses with SUBJECT.", why: "A response without it is no error any more, and programs read a zero value."},
	{kinds: "content-always-added", level: change.Risky, says: "The client counts on responses with SUBJECT that are not empty.", why: "An empty response becomes an error."},
	{kinds: "content-always-removed", level: change.Risky, says: "The client no longer counts on responses with SUBJECT that are not empty.", why: "An empty response is no error any more, and programs read a zero value."},
	{kinds: "absent-added", level: change.Risky, says: "It means something that a response leaves out SUBJECT.", why: whyGoDecides},
	{kinds: "absent-removed", level: change.Risky, says: "It means nothing that a response leaves out SUBJECT.", why: whyGoDecides},
	{kinds: "absent-text-changed", level: change.Text, says: "Another text says what it means that a response leaves out SUBJECT.", why: whyTexts},
	{kinds: "x-ack-sensitive-*", level: change.Risky, says: "Whether SUBJECT is a secret changes from FROM to TO.", why: "A secret has a Go type of its own, and logs leave it out."},
	{kinds: "x-ack-closed-*", level: change.Risky, says: "Whether the values of SUBJECT are all there are changes from FROM to TO.", why: whyClosedEnum},
	{kinds: "copies-to-added", level: change.Compatible, says: "SUBJECT can be copied to TO.", why: whyAddition},
	{kinds: "copies-to-removed", level: change.Risky, says: "SUBJECT can no longer be copied to FROM.", why: whyHelpers},
	{kinds: "x-ack-flat-*", level: change.Breaking, says: "The form in which SUBJECT is sent changes.", why: whyForm},
	{kinds: "x-ack-go-name-*", level: change.Risky, says: "The Go name of SUBJECT changes from FROM to TO.", why: whyGoDecides},
	{kinds: "x-ack-enum-names-*", level: change.Risky, says: "The names of the Go constants of SUBJECT change.", why: whyGoDecides},
	{kinds: "x-ack-folder-*", level: change.Text, says: "The type SUBJECT lies in another Go file: that of TO in place of FROM.", why: "Programs do not name files."},
	{kinds: "path-deprecation-changed", level: change.Text, says: "Another text says what to do instead of SUBJECT.", why: whyTexts},
	{kinds: "path-deprecation-added", level: change.Compatible, says: "SUBJECT is deprecated.", why: "It can be used as before."},
	{kinds: "path-deprecation-removed", level: change.Compatible, says: "SUBJECT is no longer deprecated.", why: "It can be used as before."},

	// The whole service.
	{kinds: "region-added", level: change.Compatible, says: "The region TO is known: SUBJECT.", why: whyAddition},
	{kinds: "region-removed", level: change.Risky, says: "The region FROM is no longer known: SUBJECT.", why: "Clients for it talk to another server, if there is one."},
	{kinds: "server-added", level: change.Compatible, says: "There is a new SUBJECT.", why: whyAddition},
	{kinds: "server-removed", level: change.Breaking, says: "There is no SUBJECT any more.", why: "Clients that talk to it reach nothing."},
	{kinds: "document-servers-changed", level: change.Risky, says: "The servers stand in another order.", why: "The first one is that of clients that name none."},
	{kinds: "server-variable-*", level: change.Risky, why: "Clients that name no region talk to another server."},
	{kinds: "error-code-added", level: change.Compatible, says: "There is a new SUBJECT.", why: whyAddition},
	{kinds: "error-code-removed", level: change.Risky, says: "There is no SUBJECT any more.", why: "Programs may wait for it in vain, and its constant is gone from Go."},
	{kinds: "error-code-text-changed", level: change.Text, says: "Another text explains SUBJECT.", why: whyTexts},
	{kinds: "error-code-changed", level: change.Risky, says: "What is said of SUBJECT changes from FROM to TO.", why: whyGoDecides},
	{kinds: "security-scheme-bearer-format-*", level: change.Compatible, why: whyTexts},
	{kinds: "security-scheme-*", level: change.Breaking, why: whyForm},
	{kinds: "tag-added", level: change.Compatible, says: "There is a new group: SUBJECT.", why: whyAddition},
	{kinds: "tag-removed", level: change.Compatible, says: "The group is gone: SUBJECT.", why: "Its operations tell what has changed."},
	{kinds: "info-*", level: change.Text, why: whyTexts},
	{kinds: "document-openapi-changed", level: change.Text, why: "The document says the same in the words of another version."},

	// What is only known by its key.
	{kinds: "path-placeholder-renamed", level: change.Text, says: "In SUBJECT, the placeholder is called TO in place of FROM.", why: "Placeholders are not sent. Go names are made of them."},
	{kinds: "unused-*", level: change.Text, why: "No operation needs it."},
	{kinds: "reference-changed", level: change.Risky, says: "SUBJECT is described by TO in place of FROM.", why: whyGoDecides},
	{kinds: "schema-became-required", level: change.Breaking, says: "SUBJECT is required.", why: "Programs that leave it out are refused."},
	{kinds: "schema-became-optional", level: change.Risky, says: "SUBJECT is no longer required.", why: "Programs that count on it read a zero value."},
	{kinds: "default-written-out", level: change.Text, says: "The KEY of SUBJECT is written out, or no longer: FROM.", why: "It holds without the key, too."},
	{kinds: "response-added", level: change.Compatible, says: "There is a new answer: SUBJECT.", why: "Errors of all statuses are read alike."},
	{kinds: "response-removed", level: change.Compatible, says: "An answer is gone: SUBJECT.", why: "Errors of all statuses are read alike."},
	{kinds: "header-required-*", level: change.Compatible, why: whyAddition},
	{kinds: "schema-type-*", level: change.Breaking, says: "The type of SUBJECT changes from FROM to TO.", why: whyForm},
	{kinds: "schema-format-*", level: change.Breaking, says: "The format of SUBJECT changes from FROM to TO.", why: whyForm},
	{kinds: "parameter-explode-*", level: change.Breaking, why: whyForm},
	{kinds: "parameter-style-*", level: change.Breaking, why: whyForm},
	{kinds: "parameter-allow-*", level: change.Risky, why: whyForm},
	{kinds: "foreign-extension-*", level: change.Compatible, why: "Neither the generator nor the client reads it."},
	{kinds: anyKind, level: change.Risky, why: whyUnknown},
}
