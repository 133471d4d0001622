package interop

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ackgen/ackgen/sdk/roa"
)

// A difference is something that only one of the clients sends, and may.
type difference struct {
	header string // lower-case name
	sender string // who sends it: generated or official
	value  string // what it must be; empty: anything
	reason string
}

// The names of the two clients.
const (
	generated       = "generated"
	officialRuntime = "official"
)

// differences are all the headers that the clients do not have in common. Each must be met in every mode: an entry that is not needed any
// more fails the test.
var differences = []difference{
	{
		header: "x-acs-region-id", sender: generated, value: region,
		reason: "the generated client names its region, which the central endpoint needs to know; the official runtime sends it for RPC only",
	},
	{
		header: "x-acs-credentials-provider", sender: officialRuntime,
		reason: "the official runtime reports which of its credential providers was used; that is usage statistics, not part of the API",
	},
}

// A spelling is a piece of a query that the clients escape in different ways that mean the same.
type spelling struct {
	official, generated string
	reason              string
}

// spellings are all of them. Besides them, the members of JSON objects have another order, so a JSON text with objects is compared by its
// meaning.
var spellings = []spelling{
	{
		official: "+", generated: "%20",
		reason: "both are a space in a query; both signatures are made of the value, and ACS3 spells it %20 for either",
	},
}

// respell spells a part of the official query as the generated client does.
func respell(query string, met seen) string {
	for _, s := range spellings {
		if strings.Contains(query, s.official) {
			met[s.official] = true
			query = strings.ReplaceAll(query, s.official, s.generated)
		}
	}
	return query
}

// listed returns what each run must meet.
func listed() []string {
	var names []string
	for _, d := range differences {
		names = append(names, d.header)
	}
	for _, s := range spellings {
		names = append(names, s.official)
	}
	return names
}

// An ownValue is a header that both clients send, with a value that cannot be compared: it is checked for itself instead.
type ownValue struct {
	check  func(t *testing.T, m mode, w wire, value string)
	reason string
}

// ownValues are the headers with values of their own.
var ownValues = map[string]ownValue{
	"authorization":         {checkAuthorization, "it holds the signature, which covers time and nonce; the fake server has verified it"},
	"date":                  {checkTime(httpTime), "time of the request"},
	"x-acs-date":            {checkTime(acsTime), "time of the request"},
	"x-acs-signature-nonce": {checkNonce, "random"},
	"x-acs-content-sha256":  {checkHash, "the order of JSON members differs, and so the hash of the bytes"},
	"content-length":        {checkLength, "the spelling of JSON texts differs"},
	"user-agent":            {checkUserAgent, "names the client"},
	"accept":                {checkAccept, "ours names the declared media type of the response before JSON, which errors have"},
}

// seen collects which differences were met.
type seen map[string]bool

// compareHeaders compares all headers of the two requests by the tables above.
func compareHeaders(t *testing.T, m mode, wires map[string]wire, met seen) {
	t.Helper()
	ours, theirs := wires[generated], wires[officialRuntime]
	for name, who := range sendersOf(wires) {
		if len(who) == 1 {
			i := slices.IndexFunc(differences, func(d difference) bool { return d.header == name && d.sender == who[0] })
			if !assert.GreaterOrEqual(t, i, 0, "only the %s client sends the header %s", who[0], name) {
				continue
			}
			d, value := differences[i], wires[who[0]].header[name]
			assert.True(t, d.value == "" || d.value == value, "the header %s of the %s client has another value", name, who[0])
			met[name] = true
			continue
		}
		if own, ok := ownValues[name]; ok {
			own.check(t, m, ours, ours.header[name])
			own.check(t, m, theirs, theirs.header[name])
			continue
		}
		// The values stay out of the message: a token is one of them.
		assert.True(t, ours.header[name] == theirs.header[name], "the values of the header %s differ", name)
	}
	if nonce := "x-acs-signature-nonce"; ours.header[nonce] == theirs.header[nonce] {
		assert.Fail(t, "the nonces are equal")
	}
}

// sendersOf returns who sends each header.
func sendersOf(wires map[string]wire) map[string][]string {
	who := make(map[string][]string)
	for _, client := range []string{generated, officialRuntime} {
		for name := range wires[client].header {
			who[name] = append(who[name], client)
		}
	}
	return who
}

// compareSigned compares which headers are signed. What one client alone may send, it signs where the signature of the other client needs it.
func compareSigned(t *testing.T, m mode, wires map[string]wire) {
	t.Helper()
	names := make(map[string][]string)
	for who, w := range wires {
		for _, name := range signedHeaders(m, w) {
			single := slices.ContainsFunc(differences, func(d difference) bool { return d.header == name && d.sender == who })
			if !single {
				names[who] = append(names[who], name)
			}
		}
	}
	assert.Equal(t, names[officialRuntime], names[generated], "signed headers")
}

// signedHeaders returns the names of the signed headers, sorted. ACS3 lists them in the request; for ROA the algorithm does.
func signedHeaders(m mode, w wire) []string {
	if m.signature == roa.ACS3HMACSHA256 {
		_, rest, _ := strings.Cut(w.header["authorization"], "SignedHeaders=")
		list, _, _ := strings.Cut(rest, ",")
		return strings.Split(list, ";")
	}
	var names []string
	for name := range w.header {
		if strings.HasPrefix(name, "x-acs-") || slices.Contains([]string{"accept", "content-md5", "content-type", "date"}, name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}
