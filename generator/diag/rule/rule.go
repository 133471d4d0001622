// Package rule describes what the code of a finding stands for, so that one
// command can explain every code of the spec's rules.
//
// It imports the standard library only.
package rule

// Info explains a code. Codes are literal and never reused.
type Info struct {
	// Code is ACK and three digits.
	Code string `json:"code"`
	// Title states the rule in one line, lower case, without full stop.
	Title string `json:"title"`
	// Why says what goes wrong when the rule is broken, in full sentences.
	Why string `json:"why"`
	// Fix says what to do, as an order, lower case, without full stop.
	Fix string `json:"fix"`
}
