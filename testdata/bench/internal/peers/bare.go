package peers

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"

	"github.com/ackgen/ackgen/testdata/bench/internal/canned"
)

// bare exchanges the bytes of the other clients and does nothing else: requests have
// a signature that was made once, and responses are read and dropped.
type bare struct {
	base      string
	http      *http.Client
	get, post http.Header // net/http does not write to them
	body      []byte
}

func openBare(t Target) (Client, error) {
	get := http.Header{
		"Accept":                {"application/json"},
		"Authorization":         {"ACS3-HMAC-SHA256 Credential=" + t.ID + ",SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-region-id;x-acs-signature-nonce;x-acs-version,Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0"},
		"User-Agent":            {"bare/1"},
		"X-Acs-Action":          {"DescribeClusterDetail"},
		"X-Acs-Content-Sha256":  {"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
		"X-Acs-Date":            {"2026-11-28T02:00:00Z"},
		"X-Acs-Region-Id":       {region},
		"X-Acs-Signature-Nonce": {"d410180a5abf7fe235dd9b74aca91fc0"},
		"X-Acs-Version":         {"2015-12-15"},
	}
	post := get.Clone()
	post.Set("Content-Type", "application/json; charset=utf-8")
	return &bare{base: t.URL, http: &http.Client{Transport: transport(t)}, get: get, post: post, body: []byte(canned.NodePool)}, nil
}

func (b *bare) Detail(ctx context.Context, cluster string) (string, error) {
	return "", b.exchange(ctx, http.MethodGet, "/clusters/"+cluster, nil)
}

func (b *bare) Nodes(ctx context.Context, cluster string) (Nodes, error) {
	return Nodes{}, b.exchange(ctx, http.MethodGet, "/clusters/"+cluster+"/nodes?pageNumber=1&pageSize=100", nil)
}

func (b *bare) Create(ctx context.Context, cluster string) (string, error) {
	return "", b.exchange(ctx, http.MethodPost, "/clusters/"+cluster+"/nodepools", b.body)
}

func (b *bare) exchange(ctx context.Context, method, path string, body []byte) error {
	var reader io.Reader = http.NoBody
	if body != nil {
		reader = bytes.NewReader(body)
	}
	req, err := http.NewRequestWithContext(ctx, method, b.base+path, reader)
	if err != nil {
		return err
	}
	req.Header = b.get
	if body != nil {
		req.Header = b.post
	}
	resp, err := b.http.Do(req)
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("status %d", resp.StatusCode)
	}
	_, err = io.Copy(io.Discard, resp.Body)
	return err
}
