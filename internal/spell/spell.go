// Package spell finds the word that a misspelled one was probably meant to be.
//
// It imports the standard library only.
package spell

import "strings"

// Nearest returns the candidate that differs from word in the fewest letters,
// ignoring case, or "" when none is close: more than a quarter of the letters,
// and at least two, would have to change. The first of equals wins.
func Nearest(word string, candidates []string) string {
	best, bestDistance := "", max(2, len(word)/4)+1
	for _, c := range candidates {
		if d := distance(strings.ToLower(word), strings.ToLower(c)); d < bestDistance {
			best, bestDistance = c, d
		}
	}
	return best
}

// Within returns the candidate that differs from word in most letters at most, or
// "" when none does.
func Within(most int, word string, candidates []string) string {
	best := ""
	for _, c := range candidates {
		if d := distance(strings.ToLower(word), strings.ToLower(c)); d <= most {
			best, most = c, d-1
		}
	}
	return best
}

// Hint returns the end of a message about an unknown word: "; did you mean x?"
// with the nearest of the candidates, or "" when none is close.
func Hint(word string, candidates []string) string {
	best := Nearest(word, candidates)
	if best == "" {
		return ""
	}
	return DidYouMean(best)
}

// DidYouMean returns the proposal of Hint for a word.
func DidYouMean(proposal string) string { return "; did you mean " + proposal + "?" }

// distance counts the insertions, deletions and replacements that turn a into b.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
