package roa

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// route is what the caller says about where requests go.
type route struct {
	region    string
	endpoint  string
	plainHTTP bool
	vpc       bool
	central   bool
}

// resolve returns scheme and host that requests go to.
func (r *route) resolve(service *Service) (scheme, host string, err error) {
	if r.region != "" && !isDNSLabel(r.region) {
		return "", "", fmt.Errorf("region %q is malformed: want something like cn-beijing", r.region)
	}
	if r.endpoint != "" {
		return parseEndpoint(r.endpoint, r.plainHTTP)
	}
	template, err := r.template(service)
	if err != nil {
		return "", "", err
	}
	if r.region == "" && strings.Contains(template, "{region}") {
		return "", "", errors.New("region is missing: use WithRegion, or WithEndpoint for a fixed host")
	}
	return parseEndpoint(strings.ReplaceAll(template, "{region}", r.region), false)
}

// resolveOwn does the same for an operation that has an endpoint of its own.
func (r *route) resolveOwn(endpoint string) (scheme, host string, err error) {
	own := Service{Endpoint: endpoint}
	to := route{region: r.region, endpoint: r.endpoint, plainHTTP: r.plainHTTP}
	return to.resolve(&own)
}

// template returns the host with the place of the region. A region that nobody has heard
// of has an endpoint of the same form as the others.
func (r *route) template(service *Service) (string, error) {
	central := slices.Contains(service.CentralRegions, r.region) && r.region != ""
	switch {
	case r.vpc && r.central:
		return "", errors.New("central endpoint cannot be reached by WithVPC: use one of them")
	case r.vpc && service.VPCEndpoint == "":
		return "", errors.New("service has no VPC endpoints: leave WithVPC out, or use WithEndpoint")
	case r.vpc && central:
		return "", fmt.Errorf("region %q has no VPC endpoint: leave WithVPC out, or use WithEndpoint", r.region)
	case r.vpc:
		return service.VPCEndpoint, nil
	case r.central && service.CentralEndpoint == "":
		return "", errors.New("service has no central endpoint: leave WithCentralEndpoint out")
	case r.central, central && service.CentralEndpoint != "":
		return service.CentralEndpoint, nil
	default:
		return service.Endpoint, nil
	}
}

// parseEndpoint accepts "host", "host:port" and URLs of these without anything
// behind the host. Errors never quote an endpoint as it may hold a password.
func parseEndpoint(endpoint string, plainHTTP bool) (scheme, host string, err error) {
	text := endpoint
	if !strings.Contains(text, "://") {
		text = "https://" + text
	}
	u, err := url.Parse(text)
	if err != nil {
		return "", "", errors.New("endpoint is malformed: want a host or https://host")
	}
	switch {
	case u.Scheme == "http" && !plainHTTP:
		return "", "", errors.New("endpoint asks for plain http: use https, or allow it by WithPlainHTTP")
	case u.Scheme != "https" && u.Scheme != "http":
		return "", "", fmt.Errorf("endpoint has the scheme %q: want https", u.Scheme)
	case u.User != nil:
		return "", "", errors.New("endpoint holds a user: want a host only")
	case u.Path != "" && u.Path != "/", u.RawQuery != "", u.ForceQuery, u.Fragment != "":
		return "", "", errors.New("endpoint holds more than a host: remove path, query and fragment")
	case !isHost(u.Hostname()) || !isPort(u):
		return "", "", errors.New("endpoint has a malformed host: want a name or address and perhaps a port")
	}
	return u.Scheme, u.Host, nil
}

func isHost(name string) bool {
	if net.ParseIP(name) != nil {
		return true
	}
	if len(name) > 253 {
		return false
	}
	for label := range strings.SplitSeq(strings.ToLower(name), ".") {
		if !isDNSLabel(label) {
			return false
		}
	}
	return true
}

// isPort reports whether the port of a URL is absent or a valid number.
func isPort(u *url.URL) bool {
	if strings.HasSuffix(u.Host, ":") {
		return false
	}
	if u.Port() == "" {
		return true
	}
	n, err := strconv.ParseUint(u.Port(), 10, 16)
	return err == nil && n > 0
}

// isDNSLabel reports whether s is 1 to 63 lower-case letters, digits and
// inner hyphens.
func isDNSLabel(s string) bool {
	if s == "" || len(s) > 63 || s[0] == '-' || s[len(s)-1] == '-' {
		return false
	}
	for i := range len(s) {
		if c := s[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' {
			return false
		}
	}
	return true
}
