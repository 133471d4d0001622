package behavior

import (
	"encoding/base64"
	"strconv"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// integer is what page numbers and sizes are.
type integer interface{ ~int32 | ~int64 }

// Numbered returns the page of a list that a request asks for by number and size; nil is the first page and the usual size.
// Sizes above the limit are that limit. A page after the last one is empty.
func Numbered[T any, N integer](all []T, number, size *N, usual, limit int) ([]T, ack.PageInfo) {
	n, perPage := 1, usual
	if number != nil && *number > 0 {
		n = int(*number)
	}
	if size != nil && *size > 0 {
		perPage = min(int(*size), limit)
	}
	from := len(all)
	if n-1 <= len(all)/perPage { // no overflow
		from = min((n-1)*perPage, len(all))
	}
	page := all[from:min(from+perPage, len(all))]
	return page, ack.PageInfo{PageNumber: int32(n), PageSize: int32(perPage), TotalCount: int32(len(all))}
}

// Tokened returns the page of a list that a token begins, and the token of the next one, empty after the last.
func Tokened[T any, N integer](all []T, token *string, size *N, usual, limit int) (page []T, next string, err error) {
	from, perPage := 0, usual
	if size != nil && *size > 0 {
		perPage = min(int(*size), limit)
	}
	if token != nil && *token != "" {
		text, err := base64.RawURLEncoding.DecodeString(*token)
		if err == nil {
			from, err = strconv.Atoi(string(text))
		}
		if err != nil || from < 0 || from > len(all) {
			return nil, "", world.Invalid("The token of the next page is none of this list.")
		}
	}
	to := min(from+perPage, len(all))
	if to < len(all) {
		next = base64.RawURLEncoding.EncodeToString([]byte(strconv.Itoa(to)))
	}
	return all[from:to], next, nil
}
