package roa

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"strings"
)

// hostileServer is a server, or something on the way to one.
type hostileServer struct {
	name  string
	write func(*hostileExchange) // writes what follows a request, before the connection ends
}

// says is a server that always writes the same.
func says(name, text string) hostileServer {
	return hostileServer{name, func(x *hostileExchange) { x.say(text) }}
}

// responds is a server that responds with a body of known length.
func responds(name, body string) hostileServer {
	return hostileServer{name, func(x *hostileExchange) { x.ok(body) }}
}

func hostileServers() []hostileServer {
	var all []hostileServer
	for _, some := range [][]hostileServer{
		endlessServers(), packedServers(), framingServers(), headerServers(), statusServers(), bodyServers(), quotingServers(),
	} {
		all = append(all, some...)
	}
	return all
}

const chunkedHead = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"

// endlessServers do not come to an end, or let everybody wait.
func endlessServers() []hostileServer {
	kilo := strings.Repeat(" ", 1024)
	return []hostileServer{
		{"endless body", func(x *hostileExchange) { x.forever("HTTP/1.1 200 OK\r\n\r\n", kilo) }},
		{"endless chunks", func(x *hostileExchange) { x.forever(chunkedHead, "400\r\n"+kilo+"\r\n") }},
		{"endless list", func(x *hostileExchange) { x.forever("HTTP/1.1 200 OK\r\n\r\n[{}", strings.Repeat(",{}", 300)) }},
		{"endless error", func(x *hostileExchange) { x.forever("HTTP/1.1 400 X\r\n\r\n{", kilo) }},
		{"endless chunk extensions", func(x *hostileExchange) { x.forever(chunkedHead+"1;", kilo) }},
		{"tiny chunks with extensions", func(x *hostileExchange) { x.forever(chunkedHead, "1;"+kilo+"\r\n \r\n") }},
		{"endless trailer", func(x *hostileExchange) { x.forever(chunkedHead+"2\r\n{}\r\n0\r\n", "X: "+kilo+"\r\n") }},
		{"endless first line", func(x *hostileExchange) { x.forever("HTTP/1.1 200 ", kilo) }},
		{"endless header", func(x *hostileExchange) { x.forever("HTTP/1.1 200 OK\r\n", "X-A: "+kilo+"\r\n") }},
		{"endless small headers", func(x *hostileExchange) { x.forever("HTTP/1.1 200 OK\r\n", "a:\r\n") }},
		{"endless 100", func(x *hostileExchange) { x.forever("", "HTTP/1.1 100 Continue\r\n\r\n") }},
		{"endless 103 with links", func(x *hostileExchange) { x.forever("", "HTTP/1.1 103 X\r\nLink: "+kilo+"\r\n\r\n") }},
		{"silence", func(x *hostileExchange) { x.silence() }},
		{"dripping first line", func(x *hostileExchange) { x.drip("HTTP/1.1 200") }},
		{"dripping header", func(x *hostileExchange) { x.drip("HTTP/1.1 200 OK\r\nX-A: ") }},
		{"dripping body", func(x *hostileExchange) { x.drip("HTTP/1.1 200 OK\r\n\r\n") }},
		{"dripping error", func(x *hostileExchange) { x.drip("HTTP/1.1 503 X\r\n\r\n") }},
		{"dripping 101", func(x *hostileExchange) {
			x.drip("HTTP/1.1 101 X\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n")
		}},
	}
}

// packed returns text in the form of gzip.
func packed(text string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = io.WriteString(w, text)
	_ = w.Close()
	return b.String()
}

// packedServers have bodies that are larger inside, or not what they say.
func packedServers() []hostileServer {
	encoded := func(name, encoding string, body func(fit string) string) hostileServer {
		return hostileServer{name, func(x *hostileExchange) { x.status("200 OK", "Content-Encoding: "+encoding+"\r\n", body(x.fit)) }}
	}
	same := func(fit string) string { return fit }
	bomb := packed(strings.Repeat(" ", 64<<20))
	return []hostileServer{
		encoded("packed", "gzip", packed),
		encoded("bomb", "gzip", func(string) string { return bomb }),
		encoded("bomb in a bomb", "gzip", func(string) string { return packed(bomb) }),
		encoded("packed twice", "gzip, gzip", func(fit string) string { return packed(packed(fit)) }),
		encoded("not packed", "gzip", same),
		encoded("packed, cut off", "gzip", func(fit string) string { return packed(fit)[:12] }),
		encoded("packed, wrong sum", "gzip", func(fit string) string { p := packed(fit); return p[:len(p)-8] + "12345678" }),
		encoded("packed, garbage behind", "gzip", func(fit string) string { return packed(fit) + "garbage" }),
		encoded("unknown packing", "br", same),
		encoded("packing of nothing", "", same),
		packedForever("packed nothing for ever", packed("")),
		packedForever("empty blocks for ever", packed("")[:10], emptyBlock),
		packedForever("a byte among empty blocks", packed("")[:10], "\x00\x01\x00\xfe\xff "+strings.Repeat(emptyBlock, 200)),
		{"packed nothing as an error", func(x *hostileExchange) { x.forever("HTTP/1.1 400 X\r\nContent-Encoding: gzip\r\n\r\n", packed("")) }},
		{"bomb as an error", func(x *hostileExchange) { x.status("400 X", "Content-Encoding: gzip\r\n", bomb) }},
	}
}

// emptyBlock is a block of deflate that is stored, and has no byte.
const emptyBlock = "\x00\x00\x00\xff\xff"

// packedForever is a server that sends the last part of a packed body for ever.
func packedForever(name string, parts ...string) hostileServer {
	last := len(parts) - 1
	return hostileServer{name, func(x *hostileExchange) {
		x.forever("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n"+strings.Join(parts[:last], ""), parts[last])
	}}
}

// framingServers are wrong about where a body ends.
func framingServers() []hostileServer {
	length := func(name, value string) hostileServer {
		return hostileServer{name, func(x *hostileExchange) { x.say("HTTP/1.1 200 OK\r\nContent-Length: " + value + "\r\n\r\n" + x.fit) }}
	}
	return []hostileServer{
		length("length too small", "1"),
		length("length too large", "100"),
		length("huge length", "9223372036854775807"),
		length("length above all numbers", "99999999999999999999"),
		length("negative length", "-1"),
		length("length with a sign", "+2"),
		length("two lengths", "2, 3"),
		length("length in two fields", "2\r\nContent-Length: 3"),
		length("length that is no number", "CANARY-sts-token"),
		{"length and chunks", func(x *hostileExchange) {
			x.say(fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n", len(x.fit), x.fit))
		}},
		{"unknown transfer", func(x *hostileExchange) { x.say("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n" + x.fit) }},
		says("huge chunk", chunkedHead+"ffffffffffffffff\r\n{}"),
		says("chunk without a length", chunkedHead+"x\r\n{}"),
		says("cut-off chunk", chunkedHead+"64\r\n{"),
		{"trailer that changes the response", func(x *hostileExchange) {
			x.say(fmt.Sprintf("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Acs-Request-Id\r\n\r\n%x\r\n%s\r\n0\r\n"+
				"X-Acs-Request-Id: %s\r\nContent-Length: 5\r\n\r\n", len(x.fit), x.fit, testToken))
		}},
		{"second response", func(x *hostileExchange) {
			x.ok(x.fit)
			x.ok(`{"state":"forged"}`)
		}},
		says("nothing", ""),
		says("not HTTP", "SSH-2.0-OpenSSH_9.6\r\n"),
		says("HTTP/0.9", "<html></html>"),
		says("HTTP/9.9", "HTTP/9.9 200 OK\r\n\r\n{}"),
		says("HTTP/2 without TLS", "\x00\x00\x00\x04\x00\x00\x00\x00\x00"),
	}
}

// headerServers have header fields that somebody could believe.
func headerServers() []hostileServer {
	with := func(name, status, header string) hostileServer {
		return hostileServer{name, func(x *hostileExchange) { x.status(status, header+"\r\n", x.fit) }}
	}
	return []hostileServer{
		with("cookie", "503 X", "Set-Cookie: a=b; Path=/; Max-Age=999999"),
		with("many cookies", "200 OK", strings.Repeat("Set-Cookie: a=b\r\n", 2000)+"X: y"),
		with("request id with escapes", "400 X", "X-Acs-Request-Id: \x1b[2J\x1b]0;title\x07\x9b31m"),
		with("long request id", "400 X", "X-Acs-Request-Id: "+strings.Repeat("1", 100<<10)),
		with("request id that is folded", "400 X", "X-Acs-Request-Id: a\r\n b"),
		with("many request ids", "400 X", strings.Repeat("X-Acs-Request-Id: a\r\n", 100)+"X: y"),
		with("NUL in a header", "200 OK", "X: a\x00b"),
		with("bare line break", "200 OK", "X: a\nContent-Length: 3"),
		with("name with a space", "200 OK", "X Y: a"),
		with("wait of -1", "503 X", "Retry-After: -1"),
		with("wait above all numbers", "503 X", "Retry-After: 99999999999999999999999"),
		with("wait to the year 9999", "503 X", "Retry-After: Fri, 31 Dec 9999 23:59:59 GMT\r\nDate: Mon, 01 Jan 0001 00:00:00 GMT"),
		with("wait that is no number", "503 X", "Retry-After: 1e9"),
		with("throttled for ever", "429 X", "Retry-After: 86400\r\nX-Ratelimit-User: Limit:1,TimeLeft:99999999999999999999"),
		with("keep-alive for ever", "200 OK", "Connection: keep-alive\r\nKeep-Alive: timeout=99999999"),
		{"clock of the year 9999", func(x *hostileExchange) {
			x.status("400 X", "Date: Fri, 31 Dec 9999 23:59:59 GMT\r\n", `{"code":"InvalidTimeStamp.Expired"}`)
		}},
	}
}

// statusServers have first lines that say too little or too much.
func statusServers() []hostileServer {
	var all []hostileServer
	for _, line := range []string{
		"100", "101 X", "199 X", "204 X", "205 X", "206 X", "226 X", "300 X", "304 X", "305 X", "400 X", "401 X", "402 X", "403 X", "404 X", "409 X", "410 X", "418 X",
		"426 X", "451 X", "500 X", "501 X", "505 X", "511 X", "599 X", "600 X", "999 X", "1000 X", "99999999999 X", "000 X", "-200 X", "2e2 X", "",
		"500 \x1b[2J", "500 CANARY-sts-token",
	} {
		name, _, _ := strings.Cut(line, " ")
		if strings.Contains(line, "\x1b") {
			name += " with escapes"
		} else if strings.Contains(line, "CANARY") {
			name += " with a token"
		}
		all = append(all, hostileServer{"status " + name, func(x *hostileExchange) {
			x.say(fmt.Sprintf("HTTP/1.1 %s\r\nContent-Length: %d\r\n\r\n%s", line, len(x.fit), x.fit))
		}})
	}
	return append(all,
		says("long reason", "HTTP/1.1 500 "+strings.Repeat("x", 200<<10)+"\r\n\r\n"),
		hostileServer{"upgrade that nobody asked for", func(x *hostileExchange) {
			x.say("HTTP/1.1 101 X\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n" + x.fit)
		}},
		hostileServer{"unasked continue", func(x *hostileExchange) {
			x.say("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nX-Acs-Request-Id: early\r\n\r\n")
			x.ok(x.fit)
		}},
	)
}

// bodyServers respond with 200 and what no operation wants.
func bodyServers() []hostileServer {
	members := `{"id":%[1]s,"state":%[1]s,"count":%[1]s,"size":%[1]s,"ratio":%[1]s,"ready":%[1]s,"created":%[1]s,"password":%[1]s,"tags":%[1]s,"parts":%[1]s,` +
		`"labels":%[1]s,"main":%[1]s,"free":%[1]s,"items":%[1]s,"next":%[1]s}`
	all := func(name, value string) hostileServer {
		return responds(name, fmt.Sprintf(members, value))
	}
	many := func(text string) string {
		return "[" + strings.Repeat(text+",", hostileLimit/(len(text)+1)-64) + text + "]"
	}
	return []hostileServer{
		responds("empty", ""), responds("blank", " \r\n\t"), responds("null", "null"), responds("empty object", "{}"), responds("empty list", "[]"),
		responds("empty text", `""`), responds("zero", "0"), responds("false", "false"), responds("text", `"x"`), responds("list of null", "[null,null]"),
		responds("object of null", `{"a":null}`), responds("list of lists", "[[[[]]]]"),
		responds("HTML", "<!DOCTYPE html><html><body>Sign in</body></html>"), responds("XML", `<?xml version="1.0"?><Error><Code>X</Code></Error>`),
		responds("error with the status of success", `{"code":"Forbidden","message":"no","requestId":"R"}`),
		all("null everywhere", "null"), all("text everywhere", `"x"`), all("object everywhere", "{}"), all("list everywhere", "[]"), all("true everywhere", "true"),
		all("number everywhere", "1"), all("huge number everywhere", "1e999999999"), all("many digits everywhere", strings.Repeat("9", 10000)),
		all("fraction everywhere", "-0.000000001"), all("number above 64 bits everywhere", "18446744073709551616"),
		responds("not a number", `{"ratio":NaN}`), responds("hexadecimal", `{"count":0x10}`), responds("number with a zero before it", `{"count":01}`),
		responds("lists 100,000 deep", strings.Repeat("[", 100_000)+strings.Repeat("]", 100_000)),
		responds("objects 40,000 deep", strings.Repeat(`{"a":`, 40_000)+"1"+strings.Repeat("}", 40_000)),
		responds("value 9,000 deep", `{"free":`+strings.Repeat("[", 9000)+strings.Repeat("]", 9000)+`}`),
		responds("name twice", `{"id":"a","id":"b","state":"success","state":"failed","items":[],"items":[{}]}`),
		responds("name very often", "{"+strings.Repeat(`"id":"a",`, 20000)+`"id":"b"}`),
		responds("many names", "{"+manyNames(20000)+"}"), responds("name of 200 KB", `{"`+longText+`":[{"id":1}],"id":{}}`),
		responds("many objects", many("{}")), responds("many null", many("null")), responds("many lists", many("[]")), responds("many texts", many(`""`)),
		responds("many items", `{"parts":`+many("{}")+`}`), responds("wrong UTF-8", "{\"id\":\"a\xff\xfe\xc0\xaf\xed\xa0\x80\",\"\xff\":1}"),
		responds("lone surrogate", `{"id":"\ud800","state":"\udfff\ud800"}`), responds("UTF-16", "\xff\xfe{\x00}\x00"), responds("NUL", "{\"id\":\"\x00\"}"),
		responds("escapes", `{"id":"\u001b[2J","count":"\u001b[2J\u202e","\u001b]0;x":1}`), responds("two values", `{"id":"a"}{"id":"b"}`),
		responds("garbage behind", `{"id":"a"} x`), responds("comment", `/*x*/{"id":"a"}`), responds("comma at the end", `{"id":"a",}`),
		responds("cut off", `{"id":"a","parts":[{"na`), responds("prototype", `{"__proto__":{"id":"a"},"constructor":1}`),
	}
}

func manyNames(n int) string {
	var b strings.Builder
	for i := range n {
		_, _ = fmt.Fprintf(&b, `"n%d":1,`, i)
	}
	return b.String() + `"id":"x"`
}

// quotingServers say back what the request had, in every place and form.
func quotingServers() []hostileServer {
	forms := map[string]func(string) string{
		"plain": func(s string) string { return s },
		"escaped": func(s string) string {
			var b strings.Builder
			for _, c := range s {
				_, _ = fmt.Fprintf(&b, `\u%04x`, c)
			}
			return b.String()
		},
		"in a URL": url.QueryEscape,
	}
	var all []hostileServer
	for _, form := range []string{"plain", "escaped", "in a URL"} {
		encode := forms[form]
		all = append(all, hostileServer{"request said back, " + form, func(x *hostileExchange) {
			secrets := "key CANARY-key-secret token CANARY-sts-token"
			if strings.Contains(x.body, "CANARY-password") {
				secrets += " password CANARY-password"
			}
			quoted := encode(secrets)
			x.status("400 X", "X-Acs-Request-Id: "+quoted+"\r\nX-Echo: "+quoted+"\r\n", `{"code":"`+encode(testToken)+`","message":"`+quoted+`","d":["`+quoted+`"]}`)
		}}, hostileServer{"request in a name, " + form, func(x *hostileExchange) {
			quoted := encode(testToken)
			x.ok(`{"` + quoted + `":1,"parts":{"` + quoted + `":[]},"count":"` + quoted + `","items":{"` + quoted + `":1},"requestId":"` + quoted + `"}`)
		}})
	}
	return append(all, hostileServer{"all of the request said back", func(x *hostileExchange) {
		header, _ := json.Marshal(x.request.Header)
		x.status("403 X", "X-Echo: "+strings.ReplaceAll(string(header), "\n", " ")+"\r\n", `{"code":"Denied","message":`+string(header)+`,"sent":`+quoteJSON(x.body)+`}`)
	}})
}
