package naming

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestCheckPackage(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"ack", "petstore2", "pet_store", "roa", "context", "client", "string", "pets_test"} {
		require.NoError(t, CheckPackage(name), name)
	}
	for name, why := range map[string]string{
		"main": "Go imports no package of that name", "init": "Go imports no package of that name",
		"type": "a keyword", "func": "a keyword", "m": "mocks use", "any": "mocks use",
		"": "lower-case letters", "_": "lower-case letters", "_pets": "lower-case letters", "2pets": "lower-case letters", "a-b": "lower-case letters",
		"Pets": "lower-case letters", "pets.v2": "lower-case letters", "haustür": "lower-case letters", "a b": "lower-case letters", "pets\n": "lower-case letters",
	} {
		require.ErrorContains(t, CheckPackage(name), "cannot be the name of a package: ", name)
		assert.ErrorContains(t, CheckPackage(name), why, name)
	}
}
