package main

import "testing"

// TestParse takes two programs of this module or of another one, and refuses to leave arguments out.
func TestParse(t *testing.T) {
	t.Parallel()
	if programs, err := parse(nil); err != nil || programs.module != "." || programs.with != "./call" {
		t.Errorf("without arguments: %v, %v", programs, err)
	}
	if programs, err := parse([]string{"m", "a", "b"}); err != nil || programs.module != "m" || programs.without != "a" || programs.with != "b" {
		t.Errorf("with a module and two programs: %v, %v", programs, err)
	}
	for _, args := range [][]string{{"m"}, {"m", "a"}, {"m", "a", "b", "c"}} {
		if programs, err := parse(args); err == nil {
			t.Errorf("%q became %v", args, programs)
		}
	}
}
