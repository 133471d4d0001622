package world

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ackgen/ackgen/sdk/ack"
)

// A window is a maintenance window as a rule.
type window struct {
	opens time.Time // the time of day and its zone, and the first week of those that count
	lasts time.Duration
	days  []time.Weekday
	every int // so many weeks
}

// CheckWindow returns the fault of a maintenance window that cannot be understood.
func CheckWindow(m *ack.MaintenanceWindow) error {
	if m == nil || m.Enable == nil || !*m.Enable {
		return nil
	}
	_, err := parseWindow(*m)
	return err
}

// nextWindow returns when a maintenance window opens next, and when it closes. There is none while it is not in force.
func nextWindow(m ack.MaintenanceWindow, now time.Time) (opens, closes time.Time, ok bool) {
	if m.Enable == nil || !*m.Enable {
		return opens, closes, false
	}
	rule, err := parseWindow(m)
	if err != nil {
		return opens, closes, false
	}
	local := now.In(rule.opens.Location())
	year, month, day := local.Date()
	for ahead := range 7*rule.every + 8 {
		hour, minute, second := rule.opens.Clock()
		opens = time.Date(year, month, day+ahead, hour, minute, second, 0, local.Location())
		if opens.After(now) && slices.Contains(rule.days, opens.Weekday()) && rule.weekCounts(opens) {
			return opens.UTC(), opens.Add(rule.lasts).UTC(), true
		}
	}
	return opens, closes, false
}

// weekCounts reports whether a rule holds in the week of a day.
func (r window) weekCounts(day time.Time) bool {
	if r.every == 1 {
		return true
	}
	const week, halfDay = 7 * 24 * 60 * 60, 12 * 60 * 60 // clocks may have been put forward or back
	weeks := (monday(day).Unix() - monday(r.opens).Unix() + halfDay) / week
	return weeks%int64(r.every) == 0
}

// monday returns the beginning of the week of a day.
func monday(t time.Time) time.Time {
	year, month, day := t.Date()
	return time.Date(year, month, day-(int(t.Weekday())+6)%7, 0, 0, 0, 0, t.Location())
}

func parseWindow(m ack.MaintenanceWindow) (window, error) {
	at, length, weekly, recurrence := "00:00:00Z", "3h", "Thursday", ""
	assign(&at, m.MaintenanceTime)
	assign(&length, m.Duration)
	assign(&weekly, m.WeeklyPeriod)
	assign(&recurrence, m.Recurrence)
	rule := window{every: 1}
	var err error
	if rule.opens, err = time.Parse("15:04:05Z", at); err != nil {
		if rule.opens, err = time.Parse(time.RFC3339, at); err != nil {
			return rule, Invalid("The maintenance_time is neither a time of day such as 03:00:00Z nor an RFC 3339 time.")
		}
	}
	hours, err := strconv.Atoi(strings.TrimSuffix(length, "h"))
	if err != nil || !strings.HasSuffix(length, "h") || hours < 1 || hours > 24 {
		return rule, Invalid("The duration of the maintenance window is not 1h to 24h.")
	}
	rule.lasts = time.Duration(hours) * time.Hour
	if recurrence != "" {
		err = rule.recur(recurrence)
		return rule, err
	}
	for name := range strings.SplitSeq(weekly, ",") {
		day := slices.IndexFunc(weekdays, func(d time.Weekday) bool { return strings.EqualFold(d.String(), strings.TrimSpace(name)) })
		if day < 0 {
			return rule, Invalid("The weekly_period is not a list of weekdays.")
		}
		rule.days = append(rule.days, weekdays[day])
	}
	return rule, nil
}

var weekdays = []time.Weekday{time.Sunday, time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday}

// recur reads a recurrence rule: weekly ones alone are understood, with an interval and days.
func (r *window) recur(text string) error {
	wrong := Invalid("The recurrence is not a weekly rule such as FREQ=WEEKLY;INTERVAL=4;BYDAY=MO,TU.")
	weekly := false
	for part := range strings.SplitSeq(text, ";") {
		name, value, _ := strings.Cut(part, "=")
		switch name {
		case "FREQ":
			weekly = value == "WEEKLY"
		case "INTERVAL":
			n, err := strconv.Atoi(value)
			if err != nil || n < 1 || n > 52 {
				return wrong
			}
			r.every = n
		case "BYDAY":
			for day := range strings.SplitSeq(value, ",") {
				i := slices.IndexFunc(weekdays, func(d time.Weekday) bool { return strings.ToUpper(d.String()[:2]) == day })
				if i < 0 {
					return wrong
				}
				r.days = append(r.days, weekdays[i])
			}
		default:
			return wrong
		}
	}
	if !weekly || len(r.days) == 0 {
		return wrong
	}
	return nil
}
