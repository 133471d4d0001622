package lint

const waiterKey = "x-ack-waiter"

var waiterRules = []Rule{
	{"ACK266", false, checkWaiterPolls},
}

func checkWaiterPolls(p *pass) {
	for op, entries := range p.having(waiterKey) {
		if class := p.retryClass(op); class != nil && class.Value != "idempotent" && len(entries.Content) > 0 {
			p.report(op.KeyOf(waiterKey), op, "the operation is polled and of class %s", class.Value)
		}
	}
}
