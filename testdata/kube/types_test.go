package kube

import (
	"flag"
	"os"
	"testing"
)

var update = flag.Bool("update", false, "write the types again")

// TestTypesAreThoseOfKubernetes demands that the API knows each field of its kinds.
func TestTypesAreThoseOfKubernetes(t *testing.T) {
	t.Parallel()
	const path = "../../sdk/acktest/internal/kube/schema/types.txt"
	want, err := Types()
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(path, []byte(want), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("%s is not what Kubernetes has: run go test -C testdata/kube -run Types -update", path)
	}
}
