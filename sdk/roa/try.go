package roa

import "time"

// try is how an attempt went.
type try struct {
	err         error
	status      int
	requestID   string
	took        time.Duration // only measured when someone is told
	skew        time.Duration // the correction that the request was signed with
	sent        int           // how often the request of the call was sent by now
	local       bool          // the attempt failed before it reached the transport
	resent      bool          // net/http sent the request of this attempt twice
	stream      *handedOn     // the body of the response, which is still open
	nothingSent bool          // the transport failed, and certainly before the request was out
}
