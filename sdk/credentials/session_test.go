package credentials

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestSessionFetchesOnceAndBeforeTheEnd(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		calls := 0 // not atomic: the race detector finds overlapping calls
		p := session("test", func(context.Context) (lease, error) {
			calls++
			<-time.After(time.Second)
			return until(credentialsOf("id", hidden, ""), time.Now().Add(time.Hour))
		})
		ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
		defer cancel()
		_, err := p.Credentials(ctx)
		require.ErrorIs(t, err, context.DeadlineExceeded, "who leaves stops nobody else")
		var group sync.WaitGroup
		for range 50 {
			group.Go(func() { check(t, get(t, p), "id", "hidden", "") })
		}
		group.Wait()
		require.Equal(t, 1, calls)

		<-time.After(50 * time.Minute)
		before := time.Now()
		check(t, get(t, p), "id", "hidden", "")
		assert.Equal(t, before, time.Now(), "nobody waits for the renewal")
		<-time.After(2 * time.Second)
		assert.Equal(t, 2, calls)
	})
}

func TestSessionSpacesFetchesThatFail(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		calls := 0
		p := session("test", func(context.Context) (lease, error) {
			if calls++; calls < 3 {
				return lease{}, fmt.Errorf("failure %d", calls)
			}
			return permanent("id", hidden, ""), nil
		})
		for range 200 {
			fails(t, p, "get credentials from test: failure 1")
		}
		<-time.After(time.Second)
		for range 200 {
			fails(t, p, "get credentials from test: failure 2")
		}
		<-time.After(2 * time.Second)
		check(t, get(t, p), "id", "hidden", "")
		<-time.After(1000 * time.Hour)
		check(t, get(t, p), "id", "hidden", "")
		assert.Equal(t, 3, calls)
	})
}

func TestTemporary(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, expiration string
		want             error
	}{
		{"an hour", "2000-01-01T01:00:00Z", nil},
		{"an hour in another zone, with white space", " 2000-01-01T09:00:00+08:00\n", nil},
		{"expired now", "2000-01-01T00:00:00Z", errExpired},
		{"expired long ago", "1990-01-01T00:00:00Z", errExpired},
		{"not a time", "hidden", errExpiration},
		{"missing", "", errIncomplete},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) { // where it is midnight of 1 January 2000
				var said temporary
				text := toJSON(t, map[string]string{"AccessKeyId": " id ", "AccessKeySecret": "hidden\n", "SecurityToken": "\thidden", "Expiration": tt.expiration})
				require.NoError(t, json.Unmarshal([]byte(text), &said))
				got, err := said.lease()
				require.ErrorIs(t, err, tt.want)
				if tt.want == nil {
					check(t, got.Value, "id", "hidden", "hidden")
					assert.True(t, got.Refresh.Equal(time.Now().Add(48*time.Minute)))
				}
			})
		})
	}
}

func TestZeroProviderFails(t *testing.T) {
	t.Parallel()
	fails(t, new(Provider), "was not made by a function of this package")
	var none *Provider
	fails(t, none, "was not made by a function of this package")
}
