package goapi

import (
	"net/url"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/ackgen/ackgen/generator/model"
)

const extRegions = "x-ack-regions"

// server adds a server of the document to the service.
func (b *builder) server(svc *model.Service, s *openapi3.Server, first bool) {
	regions, listed := stringList(s.Extensions[extRegions])
	if !listed {
		b.diags.Add(finding(b.Locate(s.Origin, extRegions), CodeExtension, "", extRegions+" is not a list of strings", "list region ids"))
		return
	}
	host, ok := b.host(s)
	regional := strings.Contains(host, "{region}")
	switch {
	case len(regions) > 0 && (first || regional):
		b.unsupported(b.Locate(s.Origin, extRegions), "", extRegions+" on a server whose URL depends on the region, or on the first one,",
			"only a server that serves regions in place of their own takes it: give its URL without {region} after the public one")
	case !ok:
	case first:
		svc.Endpoint = host
		if v := s.Variables["region"]; v != nil && regional {
			svc.Regions = slices.Clone(v.Enum)
		}
	case regional && svc.VPCEndpoint == "":
		svc.VPCEndpoint = host
	case !regional && svc.CentralEndpoint == "" && len(regions) > 0:
		svc.CentralEndpoint, svc.CentralRegions = host, regions
	default:
		b.warn(b.Locate(s.Origin), CodeUnsupported, "", "no option leads to this server",
			"programs reach it with roa.WithEndpoint; after the public one, one with {region} for VPCs and one with x-ack-regions for regions without an endpoint of their own have options")
	}
}

// host returns the host name of a server, in which {region} may stand, and whether
// requests can go there. Other variables have their defaults.
func (b *builder) host(s *openapi3.Server) (string, bool) {
	rest, secure := strings.CutPrefix(serverURL(s), "https://")
	host, _, _ := strings.Cut(rest, "/")
	plain := strings.Replace(host, "{region}", "", 1)
	if secure && host != "" && !strings.ContainsAny(plain, "{}?#@ ") {
		return host, true
	}
	b.warn(b.Locate(s.Origin, "url"), CodeUnsupported, "", "no request goes to the server URL "+quote(s.URL)+" by itself: programs have to say where the service is, with roa.WithEndpoint",
		"write https:// and a host name, in which {region} may stand once")
	return "", false
}

// serverURL returns the URL of a server with the defaults of all variables but the
// region.
func serverURL(s *openapi3.Server) string {
	text := s.URL
	for name, v := range s.Variables {
		if name != "region" && v != nil {
			text = strings.ReplaceAll(text, "{"+name+"}", v.Default)
		}
	}
	return strings.TrimSuffix(text, "/")
}

// basePath returns the path that the URL of the first server has. It comes before
// every path of the document.
func basePath(servers openapi3.Servers) string {
	if len(servers) == 0 {
		return ""
	}
	text := serverURL(servers[0])
	if _, rest, ok := strings.Cut(text, "://"); ok {
		_, path, _ := strings.Cut(rest, "/")
		text = "/" + path
	}
	u, err := url.Parse(strings.ReplaceAll(text, "{region}", ""))
	if err != nil || !strings.HasPrefix(u.Path, "/") {
		return ""
	}
	return strings.TrimSuffix(u.Path, "/")
}
