package roafake_test

import (
	"fmt"
	"math"
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/roa"
	"github.com/ackgen/ackgen/sdk/roa/roafake"
)

func letters(n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = string(rune('a' + i))
	}
	return out
}

func TestNumberedPages(t *testing.T) {
	t.Parallel()
	respond := numberPages.Of(letters(7)...)
	for _, tt := range []struct {
		page   *int32
		size   *string
		want   []string
		number int64
		each   int32
	}{
		{nil, nil, []string{"a", "b", "c"}, 1, 3},
		{new(int32(1)), nil, []string{"a", "b", "c"}, 1, 3},
		{new(int32(3)), nil, []string{"g"}, 3, 3},
		{new(int32(2)), new("4"), []string{"e", "f", "g"}, 2, 4},
		{new(int32(1)), new("100"), []string{"a", "b", "c", "d"}, 1, 4},
		{new(int32(4)), nil, []string{}, 4, 3},
		{new(int32(math.MaxInt32)), new("1"), []string{}, math.MaxInt32, 1},
		{new(int32(0)), new("0"), []string{"a", "b", "c"}, 1, 3},
		{new(int32(-1)), new("-1"), []string{"a", "b", "c"}, 1, 3},
	} {
		out, err := respond(t.Context(), &listRequest{Page: tt.page, Size: tt.size})
		require.NoError(t, err)
		assert.Equal(t, tt.want, out.Items)
		assert.Equal(t, &pageInfo{Total: 7, Number: tt.number, Size: &tt.each}, out.Page)
	}
	_, err := respond(t.Context(), &listRequest{Size: new("many")})
	require.ErrorIs(t, err, roa.ErrInvalid)
	_, err = respond(t.Context(), &listRequest{Page: new(int32(2)), Size: new("9223372036854775807")})
	require.NoError(t, err)
}

func TestPageWithTokens(t *testing.T) {
	t.Parallel()
	respond := tokenPages.Of(letters(3)...)
	out, err := respond(t.Context(), &listRequest{Size: new("2")})
	require.NoError(t, err)
	assert.Equal(t, []string{"a", "b"}, out.Items)
	require.NotEmpty(t, out.Next)
	out, err = respond(t.Context(), &listRequest{Token: &out.Next, Size: new("1")})
	require.NoError(t, err)
	assert.Equal(t, &listResponse{Items: []string{"c"}}, out)
	out, err = respond(t.Context(), &listRequest{Token: new("")})
	require.NoError(t, err)
	assert.Equal(t, letters(3), out.Items)
	for _, token := range []string{"x", "after-", "after--1", "after-x", "2", "after-99999999999999999999"} {
		_, err := respond(t.Context(), &listRequest{Token: &token})
		require.ErrorIs(t, err, roa.ErrInvalid, token)
		assert.NotContains(t, err.Error(), token+"\"")
	}
	out, err = respond(t.Context(), &listRequest{Token: new("after-99")})
	require.NoError(t, err)
	assert.Empty(t, out.Items)
	assert.Empty(t, out.Next)
}

// TestPagersReadAll lets the pagers of the client read lists of all lengths, in pages of all sizes.
func TestPagersReadAll(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		pages roafake.Pages[listRequest, listResponse, string]
	}{"numbers": {numberPages}, "tokens": {tokenPages}, "neither size nor total": {barePages}} {
		for n := range 25 {
			for _, size := range []*string{nil, new("1"), new("3"), new("50")} {
				t.Run(fmt.Sprintf("%s, %d items", name, n), func(t *testing.T) {
					t.Parallel()
					var got []string
					for item, err := range tt.pages.Pager.All(t.Context(), call(tt.pages.Of(letters(n)...)), &listRequest{Size: size}) {
						require.NoError(t, err)
						got = append(got, item)
					}
					assert.Len(t, got, n)
					assert.Equal(t, letters(n), append([]string{}, got...))
				})
			}
		}
	}
}

func TestPageThatFails(t *testing.T) {
	t.Parallel()
	gone := &roa.APIError{StatusCode: http.StatusNotFound, Code: "Gone"}
	for name, pages := range map[string]roafake.Pages[listRequest, listResponse, string]{"numbers": numberPages, "tokens": tokenPages} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got []string
			var failed error
			for item, err := range pages.Pager.All(t.Context(), call(pages.FailAt(3, gone).Of(letters(7)...)), &listRequest{Size: new("2")}) {
				if failed = err; err == nil {
					got = append(got, item)
				}
			}
			assert.Equal(t, letters(4), got)
			require.ErrorIs(t, failed, gone)
			for _, err := range pages.Pager.All(t.Context(), call(pages.Of(letters(7)...)), &listRequest{Size: new("2")}) {
				require.NoError(t, err, "FailAt changed the pages of others")
			}
		})
	}
}

// TestPagesKeepTheirItems changes a page and the list after it was given.
func TestPagesKeepTheirItems(t *testing.T) {
	t.Parallel()
	list := letters(3)
	respond := numberPages.Of(list...)
	list[0] = "changed"
	out, err := respond(t.Context(), &listRequest{})
	require.NoError(t, err)
	out.Items[1] = "changed"
	out, err = respond(t.Context(), &listRequest{})
	require.NoError(t, err)
	assert.Equal(t, letters(3), out.Items)
}

func TestTotalWithoutRoom(t *testing.T) {
	t.Parallel()
	pages := barePages
	pages.Total = func(*listResponse) roa.NumberField { return roa.NumberField{} }
	_, err := pages.Of("a")(t.Context(), &listRequest{})
	require.Error(t, err)
}
