package credentials

import (
	"errors"
	"fmt"
	"strings"

	"github.com/ackgen/ackgen/sdk/roa"
)

// regionVariables are the names that the Alibaba Cloud CLI knows, in its order.
// REGION_ID and REGION, which it reads last, may belong to anybody and are left
// out.
var regionVariables = []string{"ALIBABA_CLOUD_REGION_ID", "ALIBABACLOUD_REGION_ID", "ALICLOUD_REGION_ID"}

// FromEnvironment returns the options for a client of the account and region
// that the machine is set up for, as Alibaba Cloud's own tools find them:
// credentials from [Default], and the region from the first of
//
//  1. ALIBABA_CLOUD_REGION_ID, ALIBABACLOUD_REGION_ID and ALICLOUD_REGION_ID,
//  2. region_id of the profile that [CLIProfile] reads.
//
// The region is read now, the credentials by the first request. Options that
// follow the result win over it. The error tells where a region was looked for;
// it matches [ErrNotConfigured] when there is none.
func FromEnvironment() ([]roa.Option, error) {
	region, err := region()
	if err != nil {
		return nil, fmt.Errorf("find the region: %w", err)
	}
	return []roa.Option{roa.WithRegion(region), roa.WithCredentials(Default())}, nil
}

// notRegion is what an error says of a region. It does not show it: a variable may hold
// anything.
const notRegion = " is not a region, such as cn-beijing"

func region() (string, error) {
	for _, name := range regionVariables {
		region := env(name)
		switch {
		case region == "":
			continue
		case !regionText.MatchString(region):
			return "", errors.New(name + notRegion)
		}
		return region, nil
	}
	region, err := CLIProfileOptions{}.region()
	if errors.Is(err, ErrNotConfigured) {
		return "", absent(strings.Join(regionVariables, ", ") + " are not set; CLI profile: " + err.Error() +
			": set " + regionVariables[0] + " or run `aliyun configure`")
	}
	return region, err
}

// region returns the region of the profile.
func (o CLIProfileOptions) region() (string, error) {
	conf, err := o.read()
	if err != nil {
		return "", err
	}
	name, err := o.profile(conf)
	if err != nil {
		return "", err
	}
	p := conf.find(name)
	switch {
	case p == nil:
		return "", absent(shown(conf.file) + ": " + profileError(name, errNoProfile).Error())
	case p.RegionID == "":
		return "", absent(shown(conf.file) + ": " + profileError(name, errors.New("region_id is missing")).Error())
	}
	if !regionText.MatchString(string(p.RegionID)) {
		return "", &fileError{conf.file, profileError(name, errors.New("region_id"+notRegion))}
	}
	return string(p.RegionID), nil
}
