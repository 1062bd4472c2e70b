package report

import (
	"encoding/json"
	"strings"
)

// A notification is what Amazon SES tells by way of its notification service:
// the same facts as RFC 3464 and RFC 5965 have, in JSON.
type notification struct {
	Type   string `json:"notificationType"`
	Bounce struct {
		Recipients []struct {
			Address    string `json:"emailAddress"`
			Action     string `json:"action"`
			Status     string `json:"status"`
			Diagnostic string `json:"diagnosticCode"`
		} `json:"bouncedRecipients"`
	} `json:"bounce"`
	Complaint struct {
		Recipients []struct {
			Address string `json:"emailAddress"`
		} `json:"complainedRecipients"`
		Feedback string `json:"complaintFeedbackType"`
	} `json:"complaint"`
	Delivery struct {
		Recipients []string `json:"recipients"`
	} `json:"delivery"`
}

// notification tells whether the text of a report may be one.
func (b *body) notification() bool {
	return strings.HasPrefix(strings.TrimSpace(b.raw), "{") && strings.Contains(b.raw, "notificationType")
}

// readNotification reads one, alone or as the message of the service that
// carries it. The mailer may have broken its lines.
func readNotification(text string) ([]Recipient, Kind) {
	text = strings.ReplaceAll(text, "\n", "")
	var carrier struct{ Message string }
	if decode(text, &carrier); carrier.Message != "" {
		text = carrier.Message
	}
	var n notification
	decode(text, &n)
	var out []Recipient
	switch n.Type {
	case "Bounce":
		for _, r := range n.Bounce.Recipients {
			var d delivery
			d.take("Diagnostic-Code", r.Diagnostic)
			d.final, d.action, d.status = r.Address, r.Action, r.Status
			out = append(out, d.judge(newProse(""), stageUnknown))
		}
		return out, Bounce
	case "Complaint":
		for _, r := range n.Complaint.Recipients {
			out = append(out, Recipient{Final: r.Address, Class: ClassComplaint, Reason: "feedback: " + n.Complaint.Feedback})
		}
		return out, Complaint
	case "Delivery":
		for _, r := range n.Delivery.Recipients {
			out = append(out, Recipient{Final: r, Class: ClassDelivered})
		}
		return out, Receipt
	}
	return nil, ""
}

// decode reads the JSON that a text begins with, as far as it goes: what
// could be read stays, and what a mailer has added behind it is let be.
func decode(text string, v any) {
	_ = json.NewDecoder(strings.NewReader(text)).Decode(v)
}
