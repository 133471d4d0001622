package peers

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"sort"
	"strings"
	"time"
)

// signer signs requests with ACS3-HMAC-SHA256 as a careful program would write it
// for itself. Clients of other generators sign with it, too.
type signer struct{ id, secret string }

// sign adds the headers of the signature. The query of the request must be sorted.
func (s signer) sign(req *http.Request, action string, body []byte) error {
	nonce := make([]byte, 16)
	if _, err := rand.Read(nonce); err != nil {
		return err
	}
	hash := sha256.Sum256(body)
	headers := map[string]string{
		"host":                  req.URL.Host,
		"x-acs-action":          action,
		"x-acs-version":         "2015-12-15",
		"x-acs-region-id":       region,
		"x-acs-date":            time.Now().UTC().Format("2006-01-02T15:04:05Z"),
		"x-acs-signature-nonce": hex.EncodeToString(nonce),
		"x-acs-content-sha256":  hex.EncodeToString(hash[:]),
	}
	if contentType := req.Header.Get("Content-Type"); contentType != "" {
		headers["content-type"] = contentType
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
	text := strings.Join([]string{req.Method, req.URL.EscapedPath(), req.URL.RawQuery, canonical.String(), signed, headers["x-acs-content-sha256"]}, "\n")
	textHash := sha256.Sum256([]byte(text))
	mac := hmac.New(sha256.New, []byte(s.secret))
	mac.Write([]byte("ACS3-HMAC-SHA256\n" + hex.EncodeToString(textHash[:])))
	req.Header.Set("Authorization", "ACS3-HMAC-SHA256 Credential="+s.id+",SignedHeaders="+signed+",Signature="+hex.EncodeToString(mac.Sum(nil)))
	return nil
}
