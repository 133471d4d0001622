package peers

import (
	"encoding/hex"
	"net/http"
	"time"

	openapiutil "github.com/alibabacloud-go/darabonba-openapi/v2/utils"
	"github.com/alibabacloud-go/tea/dara"

	"github.com/ackgen/ackgen/sdk/roa"
	"github.com/ackgen/ackgen/testdata/bench/internal/canned"
)

// What all sign: the request for a node pool.
const (
	signedHost  = "cs.cn-hangzhou.aliyuncs.com"
	signedPath  = "/clusters/" + canned.Cluster + "/nodepools"
	signedNonce = "d410180a5abf7fe235dd9b74aca91fc0"
	signedType  = "application/json; charset=utf-8"
	signedID    = "id"
	signedKey   = "secret"
)

var signedTime = time.Date(2026, 11, 28, 2, 0, 0, 0, time.UTC)

// signParts are the two signatures of a request for a node pool, by ours and by the
// functions that the official SDK calls.
func signParts() []Part {
	const acs3, older = "sign a POST, ACS3-HMAC-SHA256", "sign a POST, HMAC-SHA1"
	return []Part{
		{acs3, Ours, ready(func() (string, error) { return signOurs(roa.ACS3HMACSHA256) })},
		{acs3, Official, ready(signACS3Official)},
		{older, Ours, ready(func() (string, error) { return signOurs(roa.ROAHMACSHA1) })},
		{older, Official, ready(signROAOfficial)},
	}
}

func signOurs(signature roa.Signature) (string, error) {
	signed := signature.Sign(&roa.SignInput{
		Method: http.MethodPost, EscapedPath: signedPath, Host: signedHost, Body: []byte(canned.NodePool), Time: signedTime, Nonce: signedNonce,
		Header: http.Header{
			"Accept": {"application/json"}, "Content-Type": {signedType},
			"X-Acs-Action": {"CreateClusterNodePool"}, "X-Acs-Region-Id": {region}, "X-Acs-Version": {"2015-12-15"},
		},
	}, roa.Credentials{AccessKeyID: signedID, AccessKeySecret: signedKey})
	return signed.Header.Get("Authorization"), nil
}

// requestOfficial is the request as the official SDK has it before it signs.
func requestOfficial() *dara.Request {
	return &dara.Request{
		Method: new(http.MethodPost), Pathname: new(signedPath), Query: map[string]*string{},
		Headers: map[string]*string{
			"accept": new("application/json"), "content-type": new(signedType), "host": new(signedHost),
			"x-acs-action": new("CreateClusterNodePool"), "x-acs-region-id": new(region), "x-acs-version": new("2015-12-15"),
			"x-acs-signature-nonce": new(signedNonce),
		},
	}
}

func signACS3Official() (string, error) {
	request, algorithm := requestOfficial(), new("ACS3-HMAC-SHA256")
	hash := hex.EncodeToString(openapiutil.Hash([]byte(canned.NodePool), algorithm))
	request.Headers["x-acs-content-sha256"] = &hash
	request.Headers["x-acs-date"] = new(signedTime.Format("2006-01-02T15:04:05Z"))
	return *openapiutil.GetAuthorization(request, algorithm, &hash, new(signedID), new(signedKey)), nil
}

func signROAOfficial() (string, error) {
	request := requestOfficial()
	request.Headers["date"] = new(signedTime.Format(http.TimeFormat))
	request.Headers["x-acs-signature-method"] = new("HMAC-SHA1")
	request.Headers["x-acs-signature-version"] = new("1.0")
	return "acs " + signedID + ":" + *openapiutil.GetROASignature(openapiutil.GetStringToSign(request), new(signedKey)), nil
}
