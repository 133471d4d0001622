package credentials

import (
	"context"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aliyun/credentials-go/credentials/providers"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// backendFunc is a backend that a test writes.
type backendFunc func() (*providers.Credentials, error)

func (f backendFunc) GetCredentials() (*providers.Credentials, error) { return f() }

func fixed(b backend) func(context.Context) (backend, error) {
	return func(context.Context) (backend, error) { return b, nil }
}

func TestSessionAsksEveryMinuteInTheBackground(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		calls := 0 // not atomic: the race detector finds overlapping calls
		p := session("test", fixed(backendFunc(func() (*providers.Credentials, error) {
			calls++
			<-time.After(time.Second)
			return &providers.Credentials{AccessKeyId: "id", AccessKeySecret: "hidden"}, nil
		})))
		var group sync.WaitGroup
		for range 50 {
			group.Go(func() { check(t, get(t, p), "id", "hidden", "") })
		}
		group.Wait()
		require.Equal(t, 1, calls)

		<-time.After(askAgain)
		before := time.Now()
		check(t, get(t, p), "id", "hidden", "")
		assert.Equal(t, before, time.Now(), "nobody waits for the renewal")
		<-time.After(2 * time.Second)
		assert.Equal(t, 2, calls)

		<-time.After(discard)
		before = time.Now()
		check(t, get(t, p), "id", "hidden", "")
		assert.Equal(t, time.Second, time.Since(before), "old credentials are not used")
		assert.Equal(t, 3, calls)
	})
}

func TestSessionSurvivesCallersThatLeave(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var calls atomic.Int32
		p := session("test", fixed(backendFunc(func() (*providers.Credentials, error) {
			calls.Add(1)
			<-time.After(time.Second)
			return &providers.Credentials{AccessKeyId: "id", AccessKeySecret: "hidden"}, nil
		})))
		ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
		defer cancel()
		_, err := p.Credentials(ctx)
		require.ErrorIs(t, err, context.DeadlineExceeded)
		check(t, get(t, p), "id", "hidden", "")
		assert.Equal(t, int32(1), calls.Load())
	})
}

func TestSessionIsBuiltAnewAfterAFailure(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		built := 0
		p := session("test", func(context.Context) (backend, error) {
			built++
			n := built
			return backendFunc(func() (*providers.Credentials, error) {
				switch n {
				case 1:
					return nil, errors.New("hidden response")
				case 2:
					_ = strings.Repeat("x", 1-n) // panics, as some of credentials-go do
				case 3:
					return &providers.Credentials{AccessKeyId: "id"}, nil
				case 4:
					return nil, nil //nolint:nilnil // what credentials-go does, too
				}
				return &providers.Credentials{AccessKeyId: "id", AccessKeySecret: "hidden"}, nil
			}), nil
		})
		for _, text := range []string{
			"get credentials from test: it failed; the reason is not shown", "the response is incomplete", "the response is incomplete", "the response is incomplete",
		} {
			for range 200 {
				fails(t, p, text)
			}
			<-time.After(30 * time.Second) // longer than any pause between failures
		}
		check(t, get(t, p), "id", "hidden", "")
		check(t, get(t, p), "id", "hidden", "")
		assert.Equal(t, 5, built)
	})
}

func TestZeroProviderFails(t *testing.T) {
	t.Parallel()
	fails(t, new(Provider), "was not made by a function of this package")
	var none *Provider
	fails(t, none, "was not made by a function of this package")
}
