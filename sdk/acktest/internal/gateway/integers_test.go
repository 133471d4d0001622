package gateway

import (
	"net/url"
	"testing"
)

// TestIntegersAreExact compares numbers that are the same as float64 and lie on both sides of a bound.
func TestIntegersAreExact(t *testing.T) {
	t.Parallel()
	query := func(name, value string) call {
		return call{method: "GET", path: "/numbers/1", action: "DescribeNumbers", query: url.Values{name: {value}}}
	}
	path := func(size string) call {
		return call{method: "GET", path: "/numbers/" + size, action: "DescribeNumbers"}
	}
	body := func(text string) call {
		return call{method: "PUT", path: "/numbers/1", action: "ModifyNumbers", body: text}
	}
	const (
		tooMany = "number must be at most 9007199254740993"
		tooFew  = "number must be at least -9007199254740993"
		full    = "number must be at most 9223372036854775806"
		bad     = "InvalidParameter"
	)
	checkValidations(t, []validation{
		{"path at most", path("9007199254740993"), "", ""},
		{"path above", path("9007199254740994"), bad, `path parameter "Size": ` + tooMany},
		{"path at least", path("-9007199254740993"), "", ""},
		{"path below", path("-9007199254740994"), bad, `path parameter "Size": ` + tooFew},
		{"list", query("sizes", "1,9007199254740993"), "", ""},
		{"list above", query("sizes", "1,9007199254740994"), bad, `query parameter "sizes" at /1: ` + tooMany},
		{"json parameter", query("filter", `{"count":9223372036854775806}`), "", ""},
		{"json parameter above", query("filter", `{"count":9223372036854775807}`), bad, `query parameter "filter" at /count: ` + full},

		{"body at most", body(`{"size":9007199254740993,"count":9223372036854775806,"long":9223372036854775807}`), "", ""},
		{"body at least", body(`{"size":-9007199254740993,"count":-9223372036854775808}`), "", ""},
		{"body above", body(`{"size":9007199254740994}`), bad, "request body at /size: " + tooMany},
		{"body far above", body(`{"size":1e300}`), bad, "request body at /size: " + tooMany},
		{"body below", body(`{"size":-9007199254740994}`), bad, "request body at /size: " + tooFew},
		{"reference", body(`{"count":9223372036854775807}`), bad, "request body at /count: " + full},
		{"item", body(`{"counts":[1,9223372036854775807]}`), bad, "request body at /counts/1: " + full},
		{"value of a map", body(`{"by_name":{"a":9223372036854775807}}`), bad, "request body at /by_name/a: " + full},
		{"deep", body(`{"below":{"below":{"size":9007199254740994}}}`), bad, "request body at /below/below/size: " + tooMany},
		{"64 bits", body(`{"long":9223372036854775808}`), bad, "request body at /long: number does not fit into 64 bits"},

		{"whole in another form", body(`{"size":9007199254740993.0,"count":1e3,"long":90071992547409930e-1}`), "", ""},
		{"above in another form", body(`{"size":90071992547409940e-1}`), bad, "request body at /size: " + tooMany},
		{"fraction that rounds", body(`{"size":9007199254740992.5}`), bad, "request body at /size: value must be an integer"},
		{"fraction that vanishes", body(`{"size":1e-400}`), bad, "request body at /size: value must be an integer"},
		{"fraction beyond counting", body(`{"size":1e-1000000001}`), bad, "request body at /size: value must be an integer"},

		{"number", body(`{"share":0.5}`), "", ""},
		{"number above", body(`{"share":1.5}`), bad, "request body at /share: number must be at most 1"},
		{"any JSON", body(`{"free":{"size":9007199254740994}}`), "", ""},
		{"null", body(`{"size":null}`), bad, "request body at /size: Value is not nullable"},
		{"no body", body(""), "", ""},
	})
}
