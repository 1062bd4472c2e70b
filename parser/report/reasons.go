package report

// reasons are the words of servers, folded, and what they mean. The order is
// part of it: a row that is more telling stands before one whose words occur
// in its sentences too ("Recipient address rejected: Mailbox full").
var reasons = []struct {
	finding
	phrases []string
	pairs   pairs
}{
	{finding{class: ClassTemporary, reason: "too many connections or messages"}, passingRate, nil},
	{finding{class: ClassFull, reason: "mailbox full"}, fullMailbox, nil},
	{finding{class: ClassFull, reason: "mailbox full", nature: diskFull}, fullDisk, nil},
	{finding{class: ClassRefusedUs, reason: "our host or domain was refused"}, usNamed, nil},
	{finding{class: ClassGone, reason: "the host takes no mail"}, goneNoMail, nil},
	{finding{class: ClassTemporary, reason: "the address could not be checked"}, passingCheck, nil},
	{finding{class: ClassRefusedMessage, reason: "content taken for spam"}, messageSpamClear, nil},
	{finding{class: ClassRefusedMessage, reason: "too large"}, messageSizeClear, nil},
	{finding{class: ClassGone, reason: "disabled"}, goneEarly, nil},
	{finding{class: ClassRefusedUs, reason: "authentication of the message failed"}, usAuthentication, nil},
	{finding{class: ClassTemporary, reason: "greylisted"}, passingGreylist, nil},
	{finding{class: ClassRefusedUs, reason: "reverse DNS or HELO of our host"}, usHost, nil},
	{finding{class: ClassRefusedUs, reason: "on a block list, or by reputation"}, usReputation, hostPairs},
	{finding{class: ClassTemporary, reason: "too many connections or messages"}, passingTooMany, nil},
	{finding{class: ClassRefusedUs, reason: "our sender address or domain was refused"}, usSender, senderPairs},
	{finding{class: ClassRefusedUs, reason: "relaying or delivery not allowed"}, usRelaying, nil},
	{finding{class: ClassRefusedUs, reason: "filtered after the message was sent"}, []string{
		// KDDI's answer to the data names nobody.
		"550 : user unknown", "550: : user unknown",
	}, nil},
	{finding{class: ClassTemporary, reason: "gave up after its time"}, passingGaveUp, nil},
	{finding{class: ClassRefusedUs, reason: "the message breaks a rule of RFC 5322 or RFC 6376"}, usFormat, nil},
	{finding{class: ClassGone, reason: "no such mailbox"}, []string{
		"delivery error: dd", // Yahoo's, which looks recipients up after the data
		"resolver.adr",       // Exchange's, of the part that looks addresses up
	}, nil},
	{finding{class: ClassTemporary, reason: "the delivery program failed"}, passingProgram, nil},
	{finding{class: ClassGone, reason: "moved"}, goneMoved, nil},
	{finding{class: ClassGone, reason: "disabled"}, goneDisabled, nil},
	{finding{class: ClassGone, reason: "no such host", nature: unknownHost}, goneHost, nil},
	{finding{class: ClassGone, reason: "no such mailbox", nature: unknownUser}, goneUser, nil},
	{finding{class: ClassGone, reason: "the mailbox is not available", nature: unavailable}, goneUnavailable, nil},
	{finding{class: ClassFull, reason: "mailbox full"}, nil, fullPairs},
	{finding{class: ClassGone, reason: "disabled" + inWords}, nil, disabledPairs},
	{finding{class: ClassGone, reason: "no such mailbox" + inWords, nature: unknownUser}, nil, unknownPairs},
	{finding{class: ClassRefusedMessage, reason: "too large"}, nil, sizePairs},
	{finding{class: ClassRefusedMessage, reason: "content"}, nil, contentPairs},
	{finding{class: ClassRefusedMessage, reason: "too large"}, messageSize, nil},
	{finding{class: ClassRefusedMessage, reason: "virus"}, messageVirus, nil},
	{finding{class: ClassRefusedMessage, reason: "content taken for spam"}, messageSpam, nil},
	{finding{class: ClassRefusedUs, reason: "refused by policy", nature: vague}, usPolicy, nil},
	{finding{class: ClassTemporary, reason: "no answer, or a passing fault", nature: vague}, passingFault, nil},
	{finding{class: ClassDelivered, reason: "delivered"}, deliveredPhrases, nil},
}
