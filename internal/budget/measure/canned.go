package measure

import (
	"fmt"
	"io"
	"net/http"
	"strings"
)

// response is what a canned server says.
type response struct {
	status int
	body   string
}

// canned stands for the network and the server: it responds with what it is given, in
// turn, and begins again after the last.
type canned struct {
	responses []response
	next      int
}

var header = http.Header{
	"Content-Type":     {"application/json"},
	"X-Acs-Request-Id": {"687C5BAA-D103-4993-884B-C35E4314A1E1"},
}

// RoundTrip reads the request and responds.
func (c *canned) RoundTrip(req *http.Request) (*http.Response, error) {
	if req.Body != nil {
		if _, err := io.Copy(io.Discard, req.Body); err != nil {
			return nil, err
		}
		if err := req.Body.Close(); err != nil {
			return nil, err
		}
	}
	r := c.responses[c.next%len(c.responses)]
	c.next++
	return &http.Response{
		StatusCode: r.status, Header: header, Request: req, ContentLength: int64(len(r.body)),
		Body: io.NopCloser(strings.NewReader(r.body)),
	}, nil
}

// nodes is a page of nodes that are told apart by number, the first of which is given.
func nodes(first, count, total int) string {
	const node = `{"creation_time":"2020-08-25T11:25:35+08:00","host_name":"iZ000000000000000000000",` +
		`"image_id":"aliyun_2_1903_x64_20G_alibase_20200529.vhd","instance_charge_type":"PostPaid",` +
		`"instance_id":"i-%020d","instance_name":"worker-k8s-for-cs-0","instance_role":"Worker",` +
		`"instance_status":"Running","instance_type":"ecs.c5.xlarge","instance_type_family":"ecs.c5",` +
		`"ip_address":["192.0.2.1"],"is_aliyun_node":true,"node_name":"cn-beijing.192.0.2.1","node_status":"Ready",` +
		`"nodepool_id":"np00000000000000000000000000000000","source":"ess_attach","state":"running","spot_strategy":"NoSpot"}`
	var all []string
	for i := range count {
		all = append(all, fmt.Sprintf(node, first+i))
	}
	return fmt.Sprintf(`{"nodes":[%s],"page":{"page_number":1,"page_size":100,"total_count":%d}}`, strings.Join(all, ","), total)
}
