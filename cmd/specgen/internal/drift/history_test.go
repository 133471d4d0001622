package drift_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/cmd/specgen/internal/drift"
	"github.com/ackgen/ackgen/cmd/specgen/internal/upstream"
)

const dataDir = "../../../../testdata/upstream"

func file(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dataDir, name))
	require.NoError(t, err)
	return data
}

func read(t *testing.T, data []byte) *upstream.Description {
	t.Helper()
	d, err := upstream.Parse(data)
	require.NoError(t, err)
	return d
}

// compare returns what changed from one file to the next, as drift finds it.
func compare(t *testing.T, before, after string) []drift.Difference {
	t.Helper()
	list, err := drift.Compare(read(t, file(t, after)), nil, read(t, file(t, before)))
	require.NoError(t, err)
	return list
}

func count(list []drift.Difference) map[drift.Kind]int {
	out := map[drift.Kind]int{}
	for _, d := range list {
		out[d.Kind]++
	}
	return out
}

// change is a line of the official log about something new or deleted.
type change struct{ verb, operation, in, path string }

// changesBetween reads the log by itself: the distinct changes of the versions after
// one and up to another, and the number of their lines.
func changesBetween(t *testing.T, after, upTo string) (distinct []change, lines int) {
	t.Helper()
	heading := regexp.MustCompile(`Version: (v\S+)`)
	operation := regexp.MustCompile(`- (Support|Delete) API (\w+)\.`)
	part := regexp.MustCompile(`- Update API (\w+): (add|delete) (request|response) parameters (\S+)\.`)
	version := ""
	for line := range strings.Lines(string(file(t, "official-changelog.txt"))) {
		if m := heading.FindStringSubmatch(line); m != nil {
			version = m[1]
		}
		if version > upTo || version <= after {
			continue
		}
		var c change
		if m := operation.FindStringSubmatch(line); m != nil {
			c = change{verb: map[string]string{"Support": "add", "Delete": "delete"}[m[1]], operation: m[2]}
		} else if m := part.FindStringSubmatch(line); m != nil {
			c = change{m[2], m[1], m[3], m[4]}
		} else {
			continue
		}
		lines++
		if !slices.Contains(distinct, c) {
			distinct = append(distinct, c)
		}
	}
	return distinct, lines
}

// kindOf is the kind of the difference that a change has to be found as.
func kindOf(c change) drift.Kind {
	switch {
	case c.path == "" && c.verb == "add":
		return drift.OperationNew
	case c.path == "":
		return drift.OperationRemoved
	case c.in == "request" && !strings.HasPrefix(c.path, "body"):
		return drift.ParameterNew
	case c.verb == "add":
		return drift.FieldNew
	}
	return drift.FieldRemoved
}

// notFound returns the changes that are no differences.
func notFound(changes []change, found []drift.Difference) []change {
	var out []change
	for _, c := range changes {
		if !slices.ContainsFunc(found, func(d drift.Difference) bool {
			return d.Kind == kindOf(c) && d.Operation == c.operation && d.Path == c.path
		}) {
			out = append(out, c)
		}
	}
	return out
}

// notLogged returns the differences that no change of the log speaks of.
func notLogged(found []drift.Difference, changes []change) []string {
	var out []string
	for _, d := range found {
		if !slices.ContainsFunc(changes, func(c change) bool {
			return d.Kind == kindOf(c) && d.Operation == c.operation && d.Path == c.path
		}) {
			out = append(out, d.String())
		}
	}
	return out
}

// unlogged are changes that the log keeps to itself: it tells of node pools on their
// own and not of those of a new cluster.
var unlogged = []string{
	"field-new CreateCluster body.nodepools.$.node_components (list of object)",
	"field-new CreateCluster body.nodepools.$.scaling_group.disk_init (list of object)",
	"field-new ModifyNodePoolNodeConfig body.containerd_config.ignoreImageDefinedVolume (boolean)",
	"field-new ModifyNodePoolNodeConfig body.containerd_config.limitCore (integer int64)",
	"field-new ModifyNodePoolNodeConfig body.containerd_config.limitMemLock (integer int64)",
	"field-new ModifyNodePoolNodeConfig body.containerd_config.limitNoFile (integer int64)",
	"field-new ModifyNodePoolNodeConfig body.containerd_config.maxConcurrentDownloads (integer int64)",
}

// TestOfficialHistory finds every line of the official log between two versions among
// the differences of their descriptions.
func TestOfficialHistory(t *testing.T) {
	t.Parallel()
	found := compare(t, "cs-v7.0.0.yaml", "cs-v7.6.0.yaml")
	changes, lines := changesBetween(t, "v7.0.0", "v7.6.0")
	assert.Equal(t, 38, lines)
	assert.Len(t, changes, 35, "three lines stand twice")
	assert.Equal(t, []change{{"add", "ListOperationPlansForRegion", "response", "Body.plans.$.state_reason"}}, notFound(changes, found),
		"this field lies inside of an operation that is new as a whole")
	assert.Equal(t, map[drift.Kind]int{drift.OperationNew: 11, drift.FieldNew: 29, drift.ParameterNew: 1}, count(found))
	assert.Equal(t, unlogged, notLogged(found, changes), "the log does not tell all that it could")
	checkAgainst(t, "cs-v7.0.0.yaml", "cs-v7.6.0.yaml", found)
}

// TestOfficialHistoryOfDeletions does so where operations and fields were deleted.
func TestOfficialHistoryOfDeletions(t *testing.T) {
	t.Parallel()
	found := compare(t, "cs-v5.9.8.yaml", "cs-v7.0.0.yaml")
	changes, lines := changesBetween(t, "v5.9.8", "v7.0.0")
	assert.Equal(t, 23, lines)
	assert.Len(t, changes, 23)
	assert.Empty(t, notFound(changes, found))
	assert.Equal(t, map[drift.Kind]int{drift.OperationRemoved: 9, drift.FieldNew: 12, drift.FieldRemoved: 3}, count(found))
	assert.Equal(t, []string{"field-new CreateCluster body.nodepools.$.scaling_group.resource_pool_options (object)"}, notLogged(found, changes))
	checkAgainst(t, "cs-v5.9.8.yaml", "cs-v7.0.0.yaml", found)
}

// TestCommandLineHistory compares two states of the metadata of the command line tool.
func TestCommandLineHistory(t *testing.T) {
	t.Parallel()
	found := compare(t, "cli-metadata-old.json", "cli-metadata.json")
	var got []string
	for _, d := range found {
		got = append(got, d.String())
	}
	assert.Equal(t, []string{
		"operation-new CreateAutoRepairPolicy (POST /clusters/{cluster_id}/auto_repair_policies)",
		"operation-new DeleteAutoRepairPolicy (DELETE /clusters/{cluster_id}/auto_repair_policies/{policy_id})",
		"operation-new DescribeAutoRepairPolicy (GET /clusters/{cluster_id}/auto_repair_policies/{policy_id})",
		"operation-new DescribeRegions (GET /regions)",
		"operation-new InstallNodePoolComponents (POST /clusters/{clusterId}/nodepools/{nodePoolId}/components)",
		"operation-new ListAutoRepairPolicies (GET /clusters/{cluster_id}/auto_repair_policies)",
		"operation-new ListClusterAddonInstanceResources (GET /clusters/{cluster_id}/addon_instances/{instance_name}/resources)",
		"operation-new ListOperationPlansForRegion (GET /regions/{region_id}/operation/plans)",
		"operation-new ModifyAutoRepairPolicy (PUT /clusters/{cluster_id}/auto_repair_policies/{policy_id})",
		"operation-new UpdateKMSEncryption (PUT /clusters/{ClusterId}/kms)",
		"operation-new UpdateNodePoolComponent (PUT /clusters/{clusterId}/nodepools/{nodepoolId}/component)",
		"parameter-new ListClusterKubeconfigStates cloudServiceKubeConfig (boolean)",
	}, got)
}

func as[T any](t *testing.T, v any) T {
	t.Helper()
	out, ok := v.(T)
	require.True(t, ok, "%v", v)
	return out
}

// facts reads an OpenAPI document by itself: what it says of each operation, parameter
// and field, by kind and path.
func facts(t *testing.T, name string) map[string]string {
	t.Helper()
	var doc struct {
		Paths      map[string]map[string]map[string]any `yaml:"paths"`
		Components struct {
			Schemas map[string]map[string]any `yaml:"schemas"`
		} `yaml:"components"`
	}
	require.NoError(t, yaml.Unmarshal(file(t, name), &doc))
	out := map[string]string{}
	var walk func(path string, s map[string]any)
	walk = func(path string, s map[string]any) {
		if ref, ok := s["$ref"].(string); ok {
			s = doc.Components.Schemas[strings.TrimPrefix(ref, "#/components/schemas/")]
		}
		kind, _ := s["type"].(string)
		format, _ := s["format"].(string)
		out[path] = strings.TrimSpace(kind + " " + format)
		required, _ := s["required"].([]any)
		properties, _ := s["properties"].(map[string]any)
		for name, p := range properties {
			walk(path+"."+name, as[map[string]any](t, p))
			if slices.Contains(required, any(name)) {
				out[path+"."+name] += " required"
			}
		}
		if items, ok := s["items"].(map[string]any); ok {
			walk(path+".$", items)
		}
		if values, ok := s["additionalProperties"].(map[string]any); ok {
			walk(path+".*", values)
		}
	}
	body := func(path string, n any) {
		content, _ := as[map[string]any](t, n)["content"].(map[string]any)
		if json, ok := content["application/json"].(map[string]any); ok {
			walk(path, as[map[string]any](t, json["schema"]))
		}
	}
	for path, item := range doc.Paths {
		for method, op := range item {
			id := as[string](t, op["operationId"])
			out[id] = method + " " + regexp.MustCompile(`\{[^}]*\}`).ReplaceAllString(path, "{}")
			parameters, _ := op["parameters"].([]any)
			for _, p := range parameters {
				if p := as[map[string]any](t, p); p["in"] == "query" {
					if s, ok := p["schema"].(map[string]any); ok {
						walk(id+" "+as[string](t, p["name"]), s)
					} else {
						body(id+" "+as[string](t, p["name"]), p)
					}
				}
			}
			if n, ok := op["requestBody"]; ok {
				body(id+" body", n)
			}
			body(id+" Body", as[map[string]any](t, op["responses"])["200"])
		}
	}
	return out
}

// checkAgainst compares two documents fact by fact, and expects the same differences
// as those that were found: none that is not there, and none missing.
func checkAgainst(t *testing.T, before, after string, found []drift.Difference) {
	t.Helper()
	old, now := facts(t, before), facts(t, after)
	said := map[string]drift.Kind{}
	for _, d := range found {
		said[strings.TrimSpace(d.Operation+" "+d.Path)] = d.Kind
	}
	differ := map[string]bool{}
	for _, side := range []struct{ has, lacks map[string]string }{{now, old}, {old, now}} {
		for fact := range side.has {
			if _, ok := side.lacks[fact]; ok || !hasOuter(side.lacks, fact) || strings.HasSuffix(fact, "$") || strings.HasSuffix(fact, "*") {
				continue
			}
			differ[fact] = true
			assert.Contains(t, said, fact, "the documents differ in it")
		}
	}
	for fact, what := range now {
		if was, ok := old[fact]; ok && was != what {
			differ[strings.TrimRight(fact, ".$*")] = true
			assert.Contains(t, said, strings.TrimRight(fact, ".$*"), "it was %s and is %s", was, what)
		}
	}
	for fact := range said {
		assert.True(t, differ[fact], "the documents do not differ in %s", fact)
	}
}

// hasOuter reports whether a document has what a fact lies in.
func hasOuter(doc map[string]string, fact string) bool {
	i := strings.LastIndexAny(fact, ". ")
	if i < 0 {
		return true
	}
	outer := strings.TrimRight(fact[:i], ".$*")
	_, ok := doc[outer]
	return ok
}

// TestLogAgainstHistory compares the log itself with two states of the spec: with the
// younger one it agrees, and it finds in the older one what came since.
func TestLogAgainstHistory(t *testing.T) {
	t.Parallel()
	log, err := upstream.ParseLog(file(t, "official-changelog.txt"))
	require.NoError(t, err)
	assert.Empty(t, drift.CompareLog(log, read(t, file(t, "cs-v7.6.0.yaml"))))

	changes, _ := changesBetween(t, "v7.0.0", "v7.6.0")
	found := drift.CompareLog(log, read(t, file(t, "cs-v7.0.0.yaml")))
	assert.Equal(t, []change{{"add", "ListOperationPlansForRegion", "response", "Body.plans.$.state_reason"}}, notFound(changes, found))
	assert.Empty(t, notLogged(found, changes))
	for _, d := range found {
		assert.Greater(t, d.Since, "v7.0.0", d)
	}
}

// TestNewsOfHistory asks for what has changed since an older state, of which the spec
// has a part.
func TestNewsOfHistory(t *testing.T) {
	t.Parallel()
	v5, v7, v76 := read(t, file(t, "cs-v5.9.8.yaml")), read(t, file(t, "cs-v7.0.0.yaml")), read(t, file(t, "cs-v7.6.0.yaml"))
	now, err := drift.Compare(v76, v7, v7)
	require.NoError(t, err)
	assert.Len(t, drift.News(now, nil), 41)
	before, err := drift.Compare(v7, nil, v5)
	require.NoError(t, err)
	now, err = drift.Compare(v76, v7, v5)
	require.NoError(t, err)
	assert.Len(t, now, 65)
	assert.Len(t, drift.News(now, before), 41, "what v7.0.0 changed is no news")
}
