package roa

import (
	"net/http"
	"time"
)

// minSkew is the smallest difference of clocks that can be the reason of a time
// error, with a margin: the service accepts 15 minutes.
const minSkew = time.Minute

// learnSkew compares the service's clock with this machine's after an error
// about the time, and reports whether that changes what the next request is
// signed with. used is the correction of the request that failed.
func (c *Client) learnSkew(h http.Header, used time.Duration) bool {
	date, err := http.ParseTime(h.Get(keyDate))
	if err != nil {
		return false
	}
	skew := date.Sub(c.now())
	if (skew - used).Abs() < minSkew {
		return false
	}
	c.skew.Store(int64(skew))
	return true
}
