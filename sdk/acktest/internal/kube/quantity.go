package kube

import (
	"math/big"
	"regexp"
	"strconv"
)

// maxExponent bounds quantities like 1e18, as larger ones would only cost memory.
const maxExponent = 18

var (
	quantityForm = regexp.MustCompile(`^([+-]?(?:[0-9]{1,30}(?:\.[0-9]{0,30})?|\.[0-9]{1,30}))(?:([numkMGTPE]|[KMGTPE]i)|[eE]([+-]?[0-9]{1,2}))?$`)
	// exponents of suffixes: to base 10 or, if they end in i, to base 1024.
	suffixes = map[string]int{"n": -9, "u": -6, "m": -3, "": 0, "k": 3, "M": 6, "G": 9, "T": 12, "P": 15, "E": 18, "Ki": 1, "Mi": 2, "Gi": 3, "Ti": 4, "Pi": 5, "Ei": 6}
)

// quantity reads an amount of a resource, such as 500m or 4Gi.
func quantity(text string) (*big.Rat, bool) {
	parts := quantityForm.FindStringSubmatch(text)
	if parts == nil {
		return nil, false
	}
	amount, ok := new(big.Rat).SetString(parts[1])
	if !ok {
		return nil, false
	}
	base, exponent := int64(10), suffixes[parts[2]]
	if len(parts[2]) == 2 {
		base = 1024
	}
	if parts[3] != "" {
		var err error
		if exponent, err = strconv.Atoi(parts[3]); err != nil || max(exponent, -exponent) > maxExponent {
			return nil, false
		}
	}
	power := new(big.Int).Exp(big.NewInt(base), big.NewInt(int64(max(exponent, -exponent))), nil)
	factor := new(big.Rat).SetInt(power)
	if exponent < 0 {
		factor.Inv(factor)
	}
	return amount.Mul(amount, factor), true
}
