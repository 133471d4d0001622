package lint

import (
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/generator/load/oas"
)

const regionsKey = "x-ack-regions"

var serverRules = []Rule{
	{"ACK270", false, checkServerRegions},
}

func checkServerRegions(p *pass) {
	seen := map[string]*yaml.Node{}
	for server := range p.doc.Of(oas.Server) {
		regions := server.Get(regionsKey)
		if regions != nil && strings.Contains(server.Text("url"), "{region}") {
			p.report(server.KeyOf(regionsKey), server, "the URL of the server names its region: %s", server.Text("url"))
		}
		for i, region := range strs(regions) {
			if first := seen[region]; first != nil {
				p.reportTwice(regions.Content[i], first, server, "region %s is listed twice", region)
				continue
			}
			seen[region] = regions.Content[i]
		}
	}
}
