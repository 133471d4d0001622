package behavior

import (
	"encoding/base64"
	"math"
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
	return page, pageInfo(n, perPage, len(all))
}

func pageInfo(number, size, total int) ack.PageInfo {
	return ack.PageInfo{PageNumber: small(number), PageSize: small(size), TotalCount: small(total)}
}

// small returns a number as the service writes it, which is the largest one for all that are larger.
func small(n int) int32 {
	return int32(min(n, math.MaxInt32)) //nolint:gosec // it fits
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

// A Page is the page of a list that can be asked for by number and by token.
type Page struct {
	Number, Size *int64
	Token        *string
	Max          *int32 // size of pages that are asked for by token
}

// Paged returns a page of a list: the one that a token begins, if the request speaks of tokens, and else the one of a number.
// Next is the token of the page after it, empty after the last.
func Paged[T any](all []T, p Page, usual, limit int) (page []T, info ack.PageInfo, next string, err error) {
	if p.Token == nil && p.Max == nil {
		page, info = Numbered(all, p.Number, p.Size, usual, limit)
		return page, info, "", nil
	}
	page, next, err = Tokened(all, p.Token, p.Max, usual, limit)
	size := usual
	if p.Max != nil && *p.Max > 0 {
		size = min(int(*p.Max), limit)
	}
	return page, pageInfo(1, size, len(all)), next, err
}
