package catalog

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/ackgen/ackgen/sdk/ack"
)

// An Addon is an add-on that clusters can have.
type Addon struct {
	Name        string
	Description string
	Category    ack.AddonCategory
	Kinds       Kind // of clusters that can have it
	Required    Kind // of clusters that cannot do without it
	Default     Kind // of clusters that get it when they are created, unless it is disabled
	Managed     bool // ACK runs it, outside of the cluster
	// Slot is what only one add-on of a cluster can be, such as its network. Most add-ons have none.
	Slot     string
	Settings map[string]Setting
	// Logs says that it writes logs to the project of Simple Log Service that its configuration names.
	Logs bool
	// Workload is the kind of the Kubernetes workload that it runs as, empty for one that runs outside of the cluster.
	Workload string
	// Versions are the versions that there are, the oldest first. An add-on without any has the version of Kubernetes.
	Versions []Version
}

// A Version is a version of an add-on.
type Version struct {
	Name string
	// Minimum is the oldest Kubernetes version that it works with; empty is any. Only that of coredns is known, the others are
	// plausible ones: no source tells.
	Minimum string
}

// LogProject is the setting that names the project of Simple Log Service to which an add-on writes its logs.
const LogProject = "sls_project_name"

// Addons returns the add-ons that clusters of a kind can have with a Kubernetes version, by category and name. An empty
// version is any. No source tells of an add-on that a region lacks.
func Addons(kind Kind, kubernetes string) []*Addon {
	var list []*Addon
	for _, a := range addons {
		if a.Suits(kind, kubernetes) {
			list = append(list, a)
		}
	}
	return list
}

// aliases are names that requests have for add-ons of other names.
var aliases = map[string]string{"flannel": "kube-flannel-ds"}

// Find returns the add-on of a name, or nil.
func Find(name string) *Addon {
	if other, ok := aliases[name]; ok {
		name = other
	}
	at := slices.IndexFunc(addons, func(a *Addon) bool { return a.Name == name })
	if at < 0 {
		return nil
	}
	return addons[at]
}

// Suits reports whether clusters of a kind can have the add-on with a Kubernetes version.
func (a *Addon) Suits(kind Kind, kubernetes string) bool {
	return a.Kinds&kind != 0 && a.Newest(kubernetes) != ""
}

// Newest returns the newest version that works with a Kubernetes version, empty if none does.
func (a *Addon) Newest(kubernetes string) string {
	if a.Versions == nil {
		return "v" + kubernetes
	}
	for _, v := range slices.Backward(a.Versions) {
		if AtLeast(kubernetes, v.Minimum) {
			return v.Name
		}
	}
	return ""
}

// Has reports whether there is a version that works with a Kubernetes version.
func (a *Addon) Has(version, kubernetes string) bool {
	if a.Versions == nil {
		return version == a.Newest(kubernetes)
	}
	at := a.index(version)
	return at >= 0 && AtLeast(kubernetes, a.Versions[at].Minimum)
}

func (a *Addon) index(version string) int {
	return slices.IndexFunc(a.Versions, func(v Version) bool { return v.Name == version })
}

// Newer returns the versions after one, the oldest first, and whether a cluster can be upgraded to them.
func (a *Addon) Newer(version, kubernetes string) []ack.AddonNewerVersion {
	var list []ack.AddonNewerVersion
	for _, v := range a.Versions[a.index(version)+1:] {
		list = append(list, ack.AddonNewerVersion{
			Version: v.Name, MinimumClusterVersion: v.Minimum, Upgradable: AtLeast(kubernetes, v.Minimum),
		})
	}
	return list
}

// CanUpgrade reports whether there is a way from one version to another.
func (a *Addon) CanUpgrade(from, to, kubernetes string) bool {
	return slices.ContainsFunc(a.Newer(from, kubernetes), func(v ack.AddonNewerVersion) bool { return v.Version == to && v.Upgradable })
}

// AtLeast reports whether a Kubernetes version is another one or a later one. An empty version is the newest, an
// empty minimum none.
func AtLeast(version, minimum string) bool {
	if version == "" || minimum == "" {
		return true
	}
	return slices.Compare(Numbers(version), Numbers(minimum)) >= 0
}

// Numbers returns the numbers of a version: 1, 32, 1 and 1 of 1.32.1-aliyun.1. The order of Kubernetes versions is theirs.
func Numbers(version string) []int {
	var out []int
	for part := range strings.FieldsFuncSeq(version, func(r rune) bool { return r < '0' || r > '9' }) {
		n, _ := strconv.Atoi(part) // It has digits alone, and is 0 if there are too many.
		out = append(out, n)
	}
	return out
}

// addons are all add-ons, by category and name.
var addons = func() []*Addon {
	all := slices.Concat(coreAddons, networkAddons, securityAddons, storageAddons, monitorAddons, applicationAddons)
	slices.SortFunc(all, func(a, b *Addon) int {
		return cmp.Or(cmp.Compare(a.Category, b.Category), cmp.Compare(a.Name, b.Name))
	})
	return all
}()
