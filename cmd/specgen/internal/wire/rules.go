package wire

import (
	"cmp"
	"path"
	"strings"

	"github.com/oasdiff/oasdiff/checker"

	"github.com/ackgen/ackgen/cmd/specgen/internal/change"
)

// rule says what changes of some kinds mean to programs.
type rule struct {
	kinds string // one kind, or several with * in place of any text
	level change.Level
	// says is the message, with SUBJECT, KEY, FROM and TO in it. Without, oasdiff's is taken.
	says string
	// why tells people why the level is what it is.
	why string
	// keeps is true when the level is that of oasdiff, and at most the one of the rule.
	keeps bool
	// closed is true when the change is breaking where an enum holds all values.
	closed bool
	// dropped is true for what is reported in another way.
	dropped bool
}

const (
	whyAddition   = "Programs that do not know it go on as before."
	whyRemoval    = "Programs that use it no longer compile, or lack what they need."
	whyGoDecides  = "Requests and responses stay the same. The comparison of the Go packages tells which programs have to change."
	whyLimits     = "The service decides. A client checks limits of a request only where the program asks for it, and those of a response never."
	whyOpenEnum   = "Enums are open: programs pass on values that they do not know."
	whyClosedEnum = "A client that validates refuses values that are not in a closed enum."
	whyOtherWay   = "The check that knows our extensions reports it."
	whyHelpers    = "Requests stay the same. The methods of the client that go on from one call to the next are made of it."
	whyTexts      = "Only people read it."
	whyForm       = "Programs that exist send or expect another form."
	whyDirection  = "What a request must or may have changes with it, and what programs find in a response."
	whyMadeOf     = "A value has to keep to all schemas of allOf, and to one of oneOf and anyOf: more of the former narrow, more of the latter widen."
	whyUnknown    = "No check knows what it means to programs."
)

// saysLimit is the message about a limit.
func saysLimit(where string) string {
	return "The limit KEY of SUBJECT in " + where + " changes from FROM to TO."
}

// rules are tried in this order. What none of them covers keeps the level of oasdiff.
var rules = []rule{
	// Reported by checks of our own.
	{kinds: "api-tag-*", dropped: true, why: whyOtherWay},
	{kinds: "api-schema-removed", dropped: true, why: "What referred to the schema tells what has changed."},
	{kinds: "api-*version*", dropped: true, why: whyOtherWay},
	{kinds: "*sunset*", dropped: true, why: "It depends on the day. The walk reports that the extension has changed."},
	{kinds: "*stability*", dropped: true, why: "The walk reports that the extension has changed."},

	// Security.
	{kinds: "api-security-component-added", level: change.Compatible, says: "There is a new SUBJECT.", why: whyAddition},
	{kinds: "api-security-component-removed", level: change.Compatible, says: "There is no SUBJECT any more.", why: "The operations that used it tell what has changed."},
	{kinds: "api-security-component-*-changed", dropped: true, why: whyOtherWay},
	{kinds: "api-security-anonymous-access-added", level: change.Compatible, says: "Requests may come without a security scheme: SUBJECT.", why: whyAddition},
	{kinds: "api-security-anonymous-access-removed", level: change.Breaking, says: "Requests may no longer come without a security scheme: SUBJECT.", why: "Requests without it are refused."},

	// Operations.
	{kinds: "operation-removed", level: change.Breaking, says: "The operation SUBJECT is gone.", why: whyRemoval},
	{kinds: "operation-moved", level: change.Breaking, says: "The requests of SUBJECT go to TO in place of FROM.", why: whyForm},
	{kinds: "operation-added", level: change.Compatible, says: "The operation SUBJECT is new.", why: whyAddition},
	{kinds: "operation-renamed", level: change.Risky, says: "The operation FROM is called TO.", why: whyGoDecides},
	{kinds: "operation-deprecated", level: change.Compatible, says: "The operation SUBJECT is deprecated.", why: "It can be called as before."},
	{kinds: "operation-undeprecated", level: change.Compatible, says: "The operation SUBJECT is no longer deprecated.", why: "It can be called as before."},

	// Requests.
	{kinds: "request-parameter-added", level: change.Compatible, says: "Requests can have the parameter SUBJECT.", why: whyAddition},
	{kinds: "request-required-parameter-added", level: change.Breaking, says: "Requests must have the new parameter SUBJECT.", why: "Programs that exist do not send it."},
	{kinds: "request-parameter-removed", level: change.Breaking, says: "Requests no longer have the parameter SUBJECT.", why: whyRemoval},
	{kinds: "request-*-became-required", level: change.Breaking, says: "SUBJECT is required in requests.", why: "Programs that leave it out are refused."},
	{kinds: "request-*-became-optional", level: change.Compatible, says: "SUBJECT is no longer required in requests.", why: "Programs that send it go on as before."},
	{kinds: "request-body-added-optional", level: change.Compatible, says: "Requests can have the new part SUBJECT.", why: whyAddition},
	{kinds: "request-body-added-required", level: change.Breaking, says: "Requests must have the new part SUBJECT.", why: "Programs that exist do not send it."},
	{kinds: "request-body-removed", level: change.Breaking, says: "Requests no longer have the part SUBJECT.", why: whyRemoval},
	{kinds: "request-body-media-type-added", level: change.Compatible, says: "Requests can be sent in another form: SUBJECT.", why: whyAddition},
	{kinds: "request-body-media-type-removed", level: change.Breaking, says: "Requests can no longer be sent in this form: SUBJECT.", why: whyForm},
	{kinds: "request-body-media-type-schema-*", level: change.Breaking, keeps: true, says: "It changes whether a schema describes SUBJECT.", why: whyForm},
	{kinds: "request-property-added", level: change.Compatible, says: "Requests can have the field SUBJECT.", why: whyAddition},
	{kinds: "request-required-property-added", level: change.Breaking, says: "Requests must have the new field SUBJECT.", why: "Programs that exist do not send it."},
	{kinds: "request-property-removed", level: change.Breaking, says: "Requests no longer have the field SUBJECT.", why: whyRemoval},
	{kinds: "request-*-became-enum", level: change.Risky, closed: true, says: "Known values are listed for SUBJECT in requests.", why: whyOpenEnum},
	{kinds: "request-*-became-not-enum", level: change.Risky, says: "No known values are listed any more for SUBJECT in requests.", why: whyGoDecides},
	{kinds: "request-*-enum-value-removed", level: change.Risky, closed: true, says: "The value FROM of SUBJECT is no longer known in requests.", why: whyOpenEnum + " The service may refuse this one, and its constant is gone from Go."},
	{kinds: "request-*-enum-value-added", level: change.Compatible, says: "SUBJECT can have the value TO in requests.", why: whyAddition},
	{kinds: "request-*-type-changed", level: change.Breaking, says: "The type of SUBJECT in requests changes from FROM to TO.", why: whyForm},
	{kinds: "request-*-type-compatible", level: change.Risky, says: "The type of SUBJECT in requests changes from FROM to TO, which its form allows.", why: whyGoDecides},
	{kinds: "request-*-type-generalized", level: change.Risky, says: "The type of SUBJECT in requests widens from FROM to TO.", why: whyGoDecides},
	{kinds: "request-*-type-specialized", level: change.Breaking, says: "The type of SUBJECT in requests narrows from FROM to TO.", why: whyForm},
	{kinds: "request-*-default-value-added", level: change.Compatible, says: "The default of SUBJECT in requests is known: TO.", why: "The service does what it did."},
	{kinds: "request-*-default-value-changed", level: change.Risky, says: "The default of SUBJECT in requests changes from FROM to TO.", why: "Programs that leave it out get something else."},
	{kinds: "request-*-default-value-removed", level: change.Risky, says: "SUBJECT in requests has no default any more; it was FROM.", why: "Programs that leave it out may get something else."},
	{kinds: "request-*-deprecated", level: change.Compatible, says: "SUBJECT is deprecated in requests.", why: "It can be sent as before."},
	{kinds: "request-*-reactivated", level: change.Compatible, says: "SUBJECT is no longer deprecated in requests.", why: "It can be sent as before."},
	{kinds: "request-*-became-nullable", level: change.Compatible, says: "SUBJECT may be null in requests.", why: whyAddition},
	{kinds: "request-*-became-not-nullable", level: change.Breaking, says: "SUBJECT must not be null in requests.", why: "Programs that send null are refused."},

	// Limits.
	{kinds: "request-*-set", level: change.Risky, keeps: true, says: saysLimit("requests"), why: whyLimits},
	{kinds: "request-*-unset", level: change.Risky, keeps: true, says: saysLimit("requests"), why: whyLimits},
	{kinds: "request-*-increased", level: change.Risky, keeps: true, says: saysLimit("requests"), why: whyLimits},
	{kinds: "request-*-decreased", level: change.Risky, keeps: true, says: saysLimit("requests"), why: whyLimits},
	{kinds: "request-*-pattern-*", level: change.Risky, keeps: true, says: saysLimit("requests"), why: whyLimits},
	{kinds: "request-*-multiple-of-*", level: change.Risky, keeps: true, says: saysLimit("requests"), why: whyLimits},
	{kinds: "response-*-set", level: change.Compatible, says: saysLimit("responses"), why: whyLimits},
	{kinds: "response-*-unset", level: change.Compatible, says: saysLimit("responses"), why: whyLimits},
	{kinds: "response-*-increased", level: change.Compatible, says: saysLimit("responses"), why: whyLimits},
	{kinds: "response-*-decreased", level: change.Compatible, says: saysLimit("responses"), why: whyLimits},
	{kinds: "response-*-pattern-*", level: change.Compatible, says: saysLimit("responses"), why: whyLimits},
	{kinds: "response-*-multiple-of-*", level: change.Compatible, says: saysLimit("responses"), why: whyLimits},

	// Responses.
	{kinds: "response-property-added", level: change.Compatible, says: "Responses have the new field SUBJECT.", why: whyAddition},
	{kinds: "response-property-removed", level: change.Breaking, says: "Responses no longer have the field SUBJECT.", why: whyRemoval},
	{kinds: "response-*-became-required", level: change.Compatible, says: "Responses always have SUBJECT.", why: "Programs that expect that it is missing go on as before."},
	{kinds: "response-*-became-optional", level: change.Risky, says: "Responses may leave out SUBJECT.", why: "Programs that count on it read a zero value."},
	{kinds: "response-*-became-nullable", level: change.Risky, says: "SUBJECT may be null in responses.", why: "Programs that count on it read a zero value."},
	{kinds: "response-*-became-not-nullable", level: change.Compatible, says: "SUBJECT is never null in responses.", why: whyAddition},
	{kinds: "response-*-became-enum", level: change.Compatible, says: "Known values are listed for SUBJECT in responses.", why: whyOpenEnum},
	{kinds: "response-*-became-not-enum", level: change.Risky, says: "No known values are listed any more for SUBJECT in responses.", why: whyGoDecides},
	{kinds: "response-*-enum-value-added", level: change.Compatible, says: "SUBJECT can have the value TO in responses.", why: whyOpenEnum},
	{kinds: "response-*-enum-value-removed", level: change.Risky, says: "The value FROM of SUBJECT is no longer known in responses.", why: "Programs may wait for it in vain, and its constant is gone from Go."},
	{kinds: "response-*-type-changed", level: change.Breaking, says: "The type of SUBJECT in responses changes from FROM to TO.", why: whyForm},
	{kinds: "response-*-type-compatible", level: change.Risky, says: "The type of SUBJECT in responses changes from FROM to TO, which its form allows.", why: whyGoDecides},
	{kinds: "response-*-type-generalized", level: change.Breaking, says: "The type of SUBJECT in responses widens from FROM to TO.", why: whyForm},
	{kinds: "response-*-type-specialized", level: change.Risky, says: "The type of SUBJECT in responses narrows from FROM to TO.", why: whyGoDecides},
	{kinds: "response-*-default-value-*", level: change.Compatible, says: "The default of SUBJECT in responses changes from FROM to TO.", why: "Clients do not fill in what a response leaves out."},
	{kinds: "response-*-deprecated", level: change.Compatible, says: "SUBJECT is deprecated in responses.", why: "It can be read as before."},
	{kinds: "response-*-reactivated", level: change.Compatible, says: "SUBJECT is no longer deprecated in responses.", why: "It can be read as before."},
	{kinds: "response-non-success-status-added", level: change.Compatible, says: "There is a new answer to errors: SUBJECT.", why: "Errors of all statuses are read alike."},
	{kinds: "response-non-success-status-removed", level: change.Compatible, says: "An answer to errors is gone: SUBJECT.", why: "Errors of all statuses are read alike."},
	{kinds: "response-success-status-added", level: change.Compatible, says: "There is a new answer to requests: SUBJECT.", why: whyAddition},
	{kinds: "response-success-status-removed", level: change.Breaking, says: "An answer to requests is gone: SUBJECT.", why: whyRemoval},
	{kinds: "response-header-added", level: change.Compatible, says: "Responses have a new header: SUBJECT.", why: whyAddition},
	{kinds: "required-response-header-removed", level: change.Breaking, says: "Responses no longer have a header: SUBJECT.", why: whyRemoval},
	{kinds: "optional-response-header-removed", level: change.Risky, says: "Responses no longer have a header: SUBJECT.", why: whyRemoval},
	{kinds: "response-media-type-added", level: change.Compatible, says: "Responses can come in another form: SUBJECT.", why: whyAddition},
	{kinds: "response-media-type-removed", level: change.Breaking, says: "Responses no longer come in this form: SUBJECT.", why: whyForm},
	{kinds: "response-body-media-type-schema-*", level: change.Breaking, keeps: true, says: "It changes whether a schema describes SUBJECT.", why: whyForm},

	// Directions and discriminators.
	{kinds: "request-*-became-read-only", level: change.Breaking, keeps: true, says: "SUBJECT is only read: requests do not have it.", why: whyDirection},
	{kinds: "request-*-became-not-read-only", level: change.Breaking, keeps: true, says: "SUBJECT is not only read: requests have it, too.", why: whyDirection},
	{kinds: "request-*-became-write-only", level: change.Breaking, keeps: true, says: "SUBJECT is only sent.", why: whyDirection},
	{kinds: "request-*-became-not-write-only", level: change.Breaking, keeps: true, says: "SUBJECT is not only sent.", why: whyDirection},
	{kinds: "response-*-became-read-only", level: change.Breaking, keeps: true, says: "SUBJECT is only read.", why: whyDirection},
	{kinds: "response-*-became-not-read-only", level: change.Breaking, keeps: true, says: "SUBJECT is not only read.", why: whyDirection},
	{kinds: "response-*-became-write-only", level: change.Breaking, keeps: true, says: "SUBJECT is only sent: responses do not have it.", why: whyDirection},
	{kinds: "response-*-became-not-write-only", level: change.Breaking, keeps: true, says: "SUBJECT is not only sent: responses have it, too.", why: whyDirection},
	{kinds: "request-*-discriminator-*", level: change.Breaking, keeps: true, says: "What tells apart the schemas of SUBJECT in requests changes.", why: whyMadeOf},
	{kinds: "response-*-discriminator-*", level: change.Breaking, keeps: true, says: "What tells apart the schemas of SUBJECT in responses changes.", why: whyMadeOf},

	// Schemas that are made of others.
	{kinds: "request-*-of-added", level: change.Breaking, keeps: true, says: "SUBJECT in requests is made of another schema, too: TO.", why: whyMadeOf},
	{kinds: "request-*-of-removed", level: change.Breaking, keeps: true, says: "SUBJECT in requests is no longer made of FROM.", why: whyMadeOf},
	{kinds: "response-*-of-added", level: change.Breaking, keeps: true, says: "SUBJECT in responses is made of another schema, too: TO.", why: whyMadeOf},
	{kinds: "response-*-of-removed", level: change.Breaking, keeps: true, says: "SUBJECT in responses is no longer made of FROM.", why: whyMadeOf},
}

// oasdiffs is the rule for what no other covers.
var oasdiffs = rule{level: change.Breaking, keeps: true, why: "The level is that of oasdiff."}

// find returns the first rule for a kind.
func find(list []rule, kind string) rule {
	for _, r := range list {
		if ok, err := path.Match(r.kinds, kind); ok && err == nil {
			return r
		}
	}
	return oasdiffs
}

// Why says why changes of a kind have their level.
func Why(kind string) string {
	if r := find(rules, kind); r.kinds != "" {
		return r.why
	}
	if r := find(ownRules, kind); r.kinds != anyKind {
		return r.why
	}
	return oasdiffs.why
}

// judge returns the level of a change to which oasdiff gives one.
func (r rule) judge(l checker.Level) change.Level {
	if r.keeps {
		return min(r.level, levelOf(l))
	}
	return r.level
}

// levelOf takes over a level of oasdiff.
func levelOf(l checker.Level) change.Level {
	switch l {
	case checker.ERR:
		return change.Breaking
	case checker.WARN:
		return change.Risky
	default:
		return change.Compatible
	}
}

// sentence fills in the message of a rule.
func (r rule) sentence(c change.Change, key string) string {
	return upper(strings.NewReplacer("SUBJECT", c.Subject, "KEY", key, "FROM", cmp.Or(c.From, "nothing"), "TO", cmp.Or(c.To, "nothing")).Replace(r.says))
}

// ourWords begin the names of what has no name of its own.
var ourWords = []string{"document", "error code ", "header ", "parameter ", "request body ", "response ", "security scheme ", "server ", "tag "}

// upper begins a sentence with a capital, unless a name of the spec begins it.
func upper(text string) string {
	for _, word := range ourWords {
		if strings.HasPrefix(text, word) {
			return strings.ToUpper(text[:1]) + text[1:]
		}
	}
	return text
}
