package roa

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// classes are all sentinels.
var classes = []error{ErrNotFound, ErrThrottled, ErrConflict, ErrForbidden, ErrUnauthenticated, ErrInvalid, ErrServer}

func TestAPIErrorBodies(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		status            int
		body              string
		code, message, id string
		line              string
	}{
		"lower case": {
			404, `{"code":"ErrorClusterNotFound","message":"cluster not found","requestId":"3A"}`,
			"ErrorClusterNotFound", "cluster not found", "3A", "404 ErrorClusterNotFound: cluster not found (request 3A)",
		},
		"upper case": {
			400, `{"RequestId":"3A","HostId":"cs","Code":"MissingParameter","Message":"name is missing","Description":"d"}`,
			"MissingParameter", "name is missing", "3A", "400 MissingParameter: name is missing (request 3A)",
		},
		"snake case":     {400, `{"request_id":"3A","code":"X"}`, "X", "", "3A", "400 X (request 3A)"},
		"number as code": {400, `{"code":400,"message":"m"}`, "400", "m", "", "400 400: m"},
		"nested":         {400, `{"error":{"code":"X","message":"m"},"requestId":"3A"}`, "X", "m", "3A", "400 X: m (request 3A)"},
		"error text":     {400, `{"error":"boom"}`, "", "boom", "", "400 Bad Request: boom"},
		"array":          {400, `[{"code":"X","message":"m"},{"code":"Y"}]`, "X", "m", "", "400 X: m"},
		"array of text":  {400, `["CANARY"]`, "", "", "", "400 Bad Request: responded with JSON"},
		"null members":   {500, `{"code":null,"message":null,"data":{"code":"no"}}`, "", "", "", "500 Internal Server Error: responded with JSON"},
		"cut off":        {502, `{"code":"X","requestId":"3A","message":"CANA`, "X", "", "3A", "502 X (request 3A)"},
		"cut in escape":  {502, `{"code":"X\u00`, "", "", "", "502 Bad Gateway: responded with JSON"},
		"wrong utf-8":    {400, "{\"code\":\"X\",\"message\":\"a\xffb\"}", "X", "a\ufffdb", "", "400 X: a b"},
		"bom":            {400, "\ufeff{\"code\":\"X\"}", "X", "", "", "400 X"},
		"xml": {
			403, "<?xml version='1.0'?><Error><RequestId>3A</RequestId><Code>Forbidden</Code><Message><![CDATA[a < b]]></Message></Error>",
			"Forbidden", "a < b", "3A", "403 Forbidden: a < b (request 3A)",
		},
		"xml entities":   {403, "<Error><Code>X</Code><Message>a &amp;lt; b</Message></Error>", "X", "a &lt; b", "", "403 X: a &lt; b"},
		"xml cut off":    {403, "<Error><Code>X</Code><Message>a", "X", "", "", "403 X"},
		"html":           {502, "\n<html><head><title>502 CANARY</title></head></html>", "", "", "", "502 Bad Gateway: responded with an HTML page"},
		"plain text":     {503, "CANARY", "", "", "", "503 Service Unavailable: responded with plain text"},
		"empty":          {500, "", "", "", "", "500 Internal Server Error: responded with an empty body"},
		"proxy":          {407, "", "", "", "", "407 Proxy Authentication Required (a proxy asked for credentials): responded with an empty body"},
		"proxy, code":    {407, `{"code":"X","message":"m"}`, "X", "m", "", "407 X (a proxy asked for credentials): m"},
		"redirect":       {302, "", "", "", "", "302 Found: responded with an empty body"},
		"unknown status": {599, "", "", "", "", "599 unknown status: responded with an empty body"},
		"control codes":  {400, `{"code":"X\u001b[31m","message":"a\r\nack: ok\u0000\u202eb\t c"}`, "X\x1b[31m", "a\r\nack: ok\x00\u202eb\t c", "", "400 X [31m: a ack: ok b c"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newTestClient(t, answer(tt.status, "", tt.body))
			_, err := get(t.Context(), c)
			var apiErr *APIError
			require.ErrorAs(t, err, &apiErr)
			assert.Equal(t, "ack: DescribeThing: "+tt.line, err.Error())
			assert.Equal(t, "ack", apiErr.Service)
			assert.Equal(t, "DescribeThing", apiErr.Operation)
			assert.Equal(t, tt.status, apiErr.StatusCode)
			assert.Equal(t, []string{tt.code, tt.message, tt.id}, []string{apiErr.Code, apiErr.Message, apiErr.RequestID})
			assert.Equal(t, tt.body, string(apiErr.Body))
			assert.Equal(t, 1, apiErr.Attempts)
		})
	}
}

func TestAPIErrorMetadata(t *testing.T) {
	t.Parallel()
	body := `{"code":"StatusForbidden","requestId":"body","accessDeniedDetail":{"AuthAction":"cs:GetX","PolicyType":"Account"}}`
	c := newTestClient(t, answer(403, "", body, "X-Acs-Request-Id", "header", "Retry-After", "3"))
	_, err := get(t.Context(), c)
	var apiErr *APIError
	require.ErrorAs(t, err, &apiErr)
	assert.Equal(t, "header", apiErr.RequestID, "the header wins over the body")
	assert.Equal(t, "3", apiErr.Header.Get("Retry-After"))
	assert.Equal(t, map[string]any{"AuthAction": "cs:GetX", "PolicyType": "Account"}, apiErr.AccessDeniedDetail)
	assert.NotContains(t, err.Error(), "cs:GetX")
}

func TestAPIErrorIsBounded(t *testing.T) {
	t.Parallel()
	body := `{"message":"` + strings.Repeat("m", 20_000) + `","code":"` + strings.Repeat("c", 1000) + `"}`
	c := newTestClient(t, answer(400, "", body))
	_, err := get(t.Context(), c)
	var apiErr *APIError
	require.ErrorAs(t, err, &apiErr)
	assert.Len(t, apiErr.Body, 4096)
	assert.Len(t, apiErr.Message, 20_000)
	assert.Less(t, len(err.Error()), 800)
	assert.Contains(t, err.Error(), "ccc...: mmm")

	apiErr.Attempts = 3
	apiErr.Code, apiErr.Message, apiErr.RequestID = "X", "m", "R"
	assert.Equal(t, "ack: DescribeThing: 400 X: m, after 3 attempts (request R)", apiErr.Error())
	assert.Equal(t, "Op: 404 Not Found: responded with an empty body", (&APIError{Operation: "Op", StatusCode: 404}).Error())
}

// TestServerQuotesCredentials has a server that answers with what it wanted to
// see signed, as the real one does.
func TestServerQuotesCredentials(t *testing.T) {
	t.Parallel()
	for _, format := range []string{`{"code":"SignatureDoesNotMatch","message":"string to sign is:%s %s"}`, "<html>%s %s", "%s %s"} {
		c := newTestClient(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(http.StatusBadRequest)
			_, _ = fmt.Fprintf(w, format, r.Header.Get("X-Acs-Security-Token"), testSecret)
		}))
		_, err := get(t.Context(), c)
		var apiErr *APIError
		require.ErrorAs(t, err, &apiErr)
		assert.NotContains(t, fmt.Sprintf("%v %#v %s %s", err, apiErr, apiErr.Body, apiErr.Message), "CANARY")
		assert.Contains(t, string(apiErr.Body), "[REDACTED] [REDACTED]")
	}
}

func TestErrorClasses(t *testing.T) {
	t.Parallel()
	tests := []struct {
		status        int
		code, message string
		want          error
	}{
		// The code decides where it is known, whatever the status is.
		{400, "ErrorClusterNotFound", "", ErrNotFound},
		{400, "ErrorNodePoolNotFound", "", ErrNotFound},
		{400, "AddonNotFound", "", ErrNotFound},
		{400, "InvalidResource.NotFound", "", ErrNotFound},
		{500, "Cluster.NotFound", "", ErrNotFound},
		{500, "RESOURCE_NOT_FOUND", "", ErrNotFound},
		{404, "InvalidAccessKeyId.NotFound", "", ErrUnauthenticated},
		{400, "InvalidSecurityToken.Expired", "", ErrUnauthenticated},
		{400, "SignatureDoesNotMatch", "", ErrUnauthenticated},
		{400, "InvalidAccessKeyId.Inactive", "", ErrUnauthenticated},
		{400, "InvalidTimeStamp.Expired", "", ErrUnauthenticated},
		{400, "MissingAccessKeyId", "", ErrUnauthenticated},
		{400, "Throttling", "", ErrThrottled},
		{400, "Throttling.User", "", ErrThrottled},
		{503, "Throttling.Api", "", ErrThrottled},
		{429, "Rejected.Throttling", "", ErrThrottled},
		{400, "x", "QPS Limit Exceeded", ErrThrottled},
		{400, "ErrAuthorizationConflict", "", ErrConflict},
		{400, "DependencyViolation.Resource", "", ErrConflict},
		{400, "ErrorClusterNameAlreadyExist", "", ErrConflict},
		{400, "Forbidden.RAM", "", ErrForbidden},
		{400, "ForbiddenGrantPermissions", "", ErrForbidden},
		{400, "NO_RAM_POLICY_AUTH", "", ErrForbidden},
		{400, "ServiceUnavailable", "", ErrServer},
		{400, "InternalError", "", ErrServer},
		{404, "MissingParameter", "", ErrInvalid},
		{404, "InvalidApi.NotFound", "", ErrInvalid},
		{404, "InvalidAction.NotFound", "", ErrInvalid},
		// The status decides for the rest.
		{400, "Whatever", "", ErrInvalid},
		{401, "", "", ErrUnauthenticated},
		{403, "StatusForbidden", "", ErrForbidden},
		{404, "Whatever", "", ErrNotFound},
		{410, "Whatever", "", ErrNotFound},
		// Something on the way has not found it, or does not know the endpoint or the caller.
		{404, "", "no Route matched with those values", nil},
		{404, "InvalidRegionId.NotFound", "", ErrInvalid},
		{404, "InvalidProduct.NotFound", "", ErrInvalid},
		{404, "InvalidAccount.NotFound", "", ErrUnauthenticated},
		{404, "InvalidUser.NotFound", "", ErrUnauthenticated},
		{404, "EntityNotExist.Role", "", ErrForbidden},
		{409, "", "", ErrConflict},
		{422, "", "", ErrInvalid},
		{429, "", "", ErrThrottled},
		{500, "", "", ErrServer},
		{599, "", "", ErrServer},
		{307, "", "", nil},
		{418, "", "", nil},
	}
	for _, tt := range tests {
		err := fmt.Errorf("outer: %w", &APIError{StatusCode: tt.status, Code: tt.code, Message: tt.message})
		for _, class := range classes {
			assert.Equal(t, class == tt.want, errors.Is(err, class), "%d %s: %v", tt.status, tt.code, class) //nolint:errorlint // identity is meant
		}
	}
	page := []byte("\n<!DOCTYPE html><title>404</title>")
	assert.Equal(t, "status", ErrorClass(&APIError{StatusCode: 404, Body: page}), "a page is not a response of the service")
	assert.Equal(t, "status", ErrorClass(&APIError{StatusCode: 404, Code: "ErrorClusterNotFound", Body: []byte("<Code>ErrorClusterNotFound</Code>")}))
	assert.Equal(t, "status", ErrorClass(&APIError{StatusCode: 404, Body: []byte("404 page not found")}))
	assert.Equal(t, "not_found", ErrorClass(&APIError{StatusCode: 404, Code: "ErrorClusterNotFound", Body: []byte("\xef\xbb\xbf {")}))
	for code, class := range codeClasses {
		assert.Equal(t, strings.ToLower(code), code)
		assert.NotEqual(t, class, patternClass(code), "%s needs no entry: a pattern finds it", code)
	}
	assert.NotErrorIs(t, &APIError{StatusCode: 404}, io.EOF)
}

// TestErrorBodyHidesEscapedCredentials has servers that escape characters of
// tokens in JSON, as many JSON encoders do.
func TestErrorBodyHidesEscapedCredentials(t *testing.T) {
	t.Parallel()
	const token = "CANARY/sts+token=="
	for _, sent := range []string{
		token, `CANARY\/sts+token==`, `CANARY/sts+token\u003d\u003d`, `CANARY\/sts\u002Btoken\u003D=`, `\u0043ANARY/sts+token==`,
		`CANARY%2Fsts%2Btoken%3d%3D`,
	} {
		body := `{"code":"SignatureDoesNotMatch","message":"signed [` + sent + `] and ` + sent + `","AccessDeniedDetail":{"a":"` + sent + `"}}`
		c := newTestClient(t, answer(400, "", body), WithCredentials(StaticCredentials(testKeyID, testSecret, token)))
		_, err := get(t.Context(), c)
		apiErr, ok := errors.AsType[*APIError](err)
		require.True(t, ok)
		assert.Equal(t, "signed [[REDACTED]] and [REDACTED]", apiErr.Message)
		assert.Equal(t, map[string]any{"a": "[REDACTED]"}, apiErr.AccessDeniedDetail)
		assert.JSONEq(t, `{"code":"SignatureDoesNotMatch","message":"signed [[REDACTED]] and [REDACTED]","AccessDeniedDetail":{"a":"[REDACTED]"}}`, string(apiErr.Body))
	}
	// What only begins like a secret stays.
	var m masker
	m.keep(token)
	assert.Equal(t, `x CANARY/ \u00 CANARY\u002 CANARY\`, m.clean(`x CANARY/ \u00 CANARY\u002 CANARY\`))
}
