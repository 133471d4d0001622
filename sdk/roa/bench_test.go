package roa

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"sort"
	"strings"
	"testing"
	"time"
)

// The benchmarks compare a call through this package with the same call written
// by hand over net/http and encoding/json, without a network:
//
//	go test ./sdk/roa -run '^$' -bench . -benchmem

const smallAnswer = `{"id":"c82e6987e2961451182edacd74faf1234","state":"running","count":3,"ready":true,"created":"2020-08-20T10:51:29+08:00","tags":["a","b"],"main":{"name":"n","num":1}}`

// cannedTransport answers every request with the same body.
func cannedTransport(body string) http.RoundTripper {
	header := http.Header{"Content-Type": {"application/json"}, keyRequestID: {"687C5BAA-D103-4993-884B-C35E4314A1E1"}}
	return roundTrip(func(req *http.Request) (*http.Response, error) {
		if req.Body != nil {
			_, _ = io.Copy(io.Discard, req.Body)
			_ = req.Body.Close()
		}
		return &http.Response{
			StatusCode: 200, Header: header, Request: req, ContentLength: int64(len(body)),
			Body: io.NopCloser(strings.NewReader(body)),
		}, nil
	})
}

func benchClient(b *testing.B, transport http.RoundTripper) *Client {
	b.Helper()
	c, err := NewClient(&fixtureService, WithRegion("cn-beijing"), WithCredentials(StaticCredentials("id", "secret", "")),
		WithHTTPClient(&http.Client{Transport: transport}))
	if err != nil {
		b.Fatal(err)
	}
	return c
}

func BenchmarkSmallCall(b *testing.B) {
	b.Run("roa", func(b *testing.B) {
		c := benchClient(b, cannedTransport(smallAnswer))
		b.ReportAllocs()
		for b.Loop() {
			req := NewRequest(&opGet, nil)
			req.Path("ThingId", "c82e6987e2961451182edacd74faf1234")
			req.Query("pageNumber", "1")
			req.Query("state", "running")
			out := new(thing)
			if err := c.Do(b.Context(), req, out, &out.Metadata, nil); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("byhand", func(b *testing.B) {
		hc := &http.Client{Transport: cannedTransport(smallAnswer)}
		b.ReportAllocs()
		for b.Loop() {
			query := url.Values{"pageNumber": {"1"}, "state": {"running"}}
			var out thing
			if err := byHand(b.Context(), hc, "GET", "/things/"+url.PathEscape("c82e6987e2961451182edacd74faf1234")+"/parts", query, nil, &out); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkCallWithBody(b *testing.B) {
	in := &thing{ID: "name", Count: 3, Tags: []string{"a", "b"}, Parts: []part{{"x", 1}, {"y", 2}}, Password: "Hello1234"}
	b.Run("roa", func(b *testing.B) {
		c := benchClient(b, cannedTransport(smallAnswer))
		b.ReportAllocs()
		for b.Loop() {
			req := NewRequest(&opCreate, nil)
			req.Body(in)
			out := new(thing)
			if err := c.Do(b.Context(), req, out, &out.Metadata, nil); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("byhand", func(b *testing.B) {
		hc := &http.Client{Transport: cannedTransport(smallAnswer)}
		b.ReportAllocs()
		for b.Loop() {
			body, err := json.Marshal(in)
			if err != nil {
				b.Fatal(err)
			}
			var out thing
			if err := byHand(b.Context(), hc, "POST", "/things", nil, body, &out); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkList decodes about 69 KB, the size of a page of nodes.
func BenchmarkList(b *testing.B) {
	item := strings.TrimSuffix(smallAnswer, "}") + `,"labels":{"a":"` + strings.Repeat("x", 120) + `"},"parts":[{"name":"p1","num":1},{"name":"p2","num":2}]}`
	body := `[` + strings.Repeat(item+",", 199) + item + `]`
	b.Run("roa", func(b *testing.B) {
		c := benchClient(b, cannedTransport(body))
		b.ReportAllocs()
		for b.Loop() {
			var out []thing
			if err := c.Do(b.Context(), NewRequest(&opList, nil), &out, nil, nil); err != nil || len(out) != 200 {
				b.Fatal(err)
			}
		}
	})
	b.Run("byhand", func(b *testing.B) {
		hc := &http.Client{Transport: cannedTransport(body)}
		b.ReportAllocs()
		for b.Loop() {
			var out []thing
			if err := byHand(b.Context(), hc, "GET", "/things", nil, nil, &out); err != nil || len(out) != 200 {
				b.Fatal(err)
			}
		}
	})
}

// byHand is a signed call as a careful program would write it for one use.
func byHand(ctx context.Context, hc *http.Client, method, path string, query url.Values, body []byte, out any) error {
	rawQuery := query.Encode()
	target := "https://cs.cn-beijing.aliyuncs.com" + path
	if rawQuery != "" {
		target += "?" + rawQuery
	}
	req, err := http.NewRequestWithContext(ctx, method, target, bytes.NewReader(body))
	if err != nil {
		return err
	}
	nonce := make([]byte, 16)
	if _, err := rand.Read(nonce); err != nil {
		return err
	}
	hash := sha256.Sum256(body)
	headers := map[string]string{
		"host":                  req.URL.Host,
		"x-acs-action":          "DescribeThing",
		"x-acs-version":         "2015-12-15",
		"x-acs-region-id":       "cn-beijing",
		"x-acs-date":            time.Now().UTC().Format("2006-01-02T15:04:05Z"),
		"x-acs-signature-nonce": hex.EncodeToString(nonce),
		"x-acs-content-sha256":  hex.EncodeToString(hash[:]),
	}
	if body != nil {
		headers["content-type"] = "application/json; charset=utf-8"
	}
	names := make([]string, 0, len(headers))
	for name, value := range headers {
		names = append(names, name)
		req.Header.Set(name, value)
	}
	sort.Strings(names)
	var canonical strings.Builder
	for _, name := range names {
		canonical.WriteString(name + ":" + headers[name] + "\n")
	}
	signed := strings.Join(names, ";")
	text := strings.Join([]string{method, path, rawQuery, canonical.String(), signed, headers["x-acs-content-sha256"]}, "\n")
	textHash := sha256.Sum256([]byte(text))
	mac := hmac.New(sha256.New, []byte("secret"))
	mac.Write([]byte("ACS3-HMAC-SHA256\n" + hex.EncodeToString(textHash[:])))
	req.Header.Set("Authorization", "ACS3-HMAC-SHA256 Credential=id,SignedHeaders="+signed+",Signature="+hex.EncodeToString(mac.Sum(nil)))
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", "byhand/1")
	resp, err := hc.Do(req)
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		return err
	}
	if resp.StatusCode/100 != 2 {
		return fmt.Errorf("status %d", resp.StatusCode)
	}
	return json.Unmarshal(data, out)
}
