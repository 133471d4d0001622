package acktest

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestUnsigned carries out requests without a signature as those of the first AccessKey, and still refuses a wrong signature.
func TestUnsigned(t *testing.T) {
	t.Parallel()
	reader := User{
		AccessKeyID: "reader", AccessKeySecret: "secret", RAMUser: "1",
		Policies: []string{`{"Version": "1", "Statement": [{"Effect": "Allow", "Action": "cs:DescribeTemplates", "Resource": "*"}]}`},
	}
	tests := []struct {
		name, authorization, path string
		opts                      []Option
		status                    int
		caller                    string
	}{
		{"allowed", "", "/templates", []Option{WithUnsigned()}, http.StatusOK, "reader"},
		{"forbidden", "", "/clusters/c1", []Option{WithUnsigned()}, http.StatusForbidden, "reader"},
		{"a wrong signature", "acs reader:abc", "/templates", []Option{WithUnsigned()}, http.StatusBadRequest, ""},
		{"without the option", "", "/templates", nil, http.StatusBadRequest, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			srv := NewServer(t, append([]Option{WithUser(reader)}, tt.opts...)...)
			req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, srv.URL+tt.path, http.NoBody)
			require.NoError(t, err)
			if tt.authorization != "" {
				req.Header.Set("Authorization", tt.authorization)
			}
			resp, err := srv.HTTPClient().Do(req)
			require.NoError(t, err)
			require.NoError(t, resp.Body.Close())
			assert.Equal(t, tt.status, resp.StatusCode)
			assert.Equal(t, tt.caller, srv.Requests()[0].Caller)
		})
	}
}
