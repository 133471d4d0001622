package peers

// Cost is what a call cost in one round.
type Cost struct {
	CPU         float64 // user and system, in microseconds
	Allocations float64
	Bytes       float64 // allocated
	P50, P99    float64 // of the time that a call took, in microseconds
	PerSecond   float64 // how many calls ended
}
