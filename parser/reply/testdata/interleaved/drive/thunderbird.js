// Runs inside Thunderbird: replies to a letter, puts the answers into the
// editor by its commands, a new paragraph at the end of each quoted passage, and
// sends later. arguments: raw letter, plan, style; then the callback.
const [letter, plan, style, done] = arguments;
const { MailServices } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
const pause = ms => new Promise(r => setTimeout(r, ms));
async function until(what, f) {
  for (let i = 0; i < 150; i++) {
    let v; try { v = f(); } catch (e) {}
    if (v) return v;
    await pause(100);
  }
  throw new Error("waited for " + what);
}
const squeeze = s => s.split(/\s+/).filter(w => w).join(" ");

async function main() {
  await until("accounts", () => MailServices.accounts.accounts.length > 1);
  const root = MailServices.accounts.localFoldersServer.rootFolder.QueryInterface(Ci.nsIMsgLocalMailFolder);
  const box = root.createLocalSubfolder("letters").QueryInterface(Ci.nsIMsgLocalMailFolder);
  const header = box.addMessage(letter);
  const account = MailServices.accounts.accounts.find(a => a.defaultIdentity);
  MailServices.compose.OpenComposeWindow(null, header, box.getUriForMsg(header), Ci.nsIMsgCompType.ReplyToSender,
    Ci.nsIMsgCompFormat.Default, account.defaultIdentity, null, null);
  const win = await until("window", () => Services.wm.getMostRecentWindow("msgcompose"));
  const word = squeeze(plan.find(a => a.below).below).split(" ").reduce((a, b) => a.length > b.length ? a : b);
  const editor = await until("editor", () => { const e = win.GetCurrentEditor(); return win.gMsgCompose && e.document.body.textContent.includes(word) && e; });
  await pause(700);
  const doc = editor.document;
  win.gMsgCompose.editor.QueryInterface(Ci.nsIEditor);
  const type = lines => lines.forEach((l, i) => {
    if (i) enter();
    if (l) editor.insertText(l);
  });
  const enter = () => doc.execCommand("insertParagraph") || editor.insertLineBreak();
  const select = (node, offset) => doc.getSelection().collapse(node, offset);

  // The text nodes that are quoted, in order.
  const quoted = () => {
    const all = [];
    const walk = doc.createTreeWalker(doc.body, 4 /* text */);
    while (walk.nextNode()) {
      const n = walk.currentNode;
      if (n.parentElement.closest("blockquote, span[_moz_quote], .moz-cite-prefix ~ *") && n.textContent.trim()) all.push(n);
    }
    return all;
  };
  // Where a passage ends: its last character, skipping white space and marks.
  const find = words => {
    const want = words.replace(/\s+/g, "");
    let read = "", spots = [];
    for (const node of quoted()) {
      for (let i = 0; i < node.data.length; i++) {
        if (/\s/.test(node.data[i]) || node.data[i] == ">" && /(^|\n)[> ]*$/.test(node.data.slice(0, i))) continue;
        read += node.data[i]; spots.push([node, i + 1]);
      }
    }
    const at = words ? read.indexOf(want) + want.length : read.length;
    if (words && !read.includes(want)) throw new Error(words + " is not quoted in " + doc.body.innerHTML);
    return spots[at - 1];
  };
  for (const answer of plan) {
    if (answer.top) {
      const prefix = doc.querySelector(".moz-cite-prefix");
      if (style.below) { select(prefix, prefix.childNodes.length); enter(); type(answer.lines); enter(); continue; }
      select(doc.body, 0); type(answer.lines.concat([""])); continue;
    }
    if (!answer.below) {
      // As the caret goes to the end, below the quotation.
      const quotes = [...doc.querySelectorAll("blockquote, span[_moz_quote]")].filter(q => !q.parentElement.closest("blockquote, span[_moz_quote]"));
      const last = quotes[quotes.length - 1];
      select(last.parentNode, [...last.parentNode.childNodes].indexOf(last) + 1);
      type(answer.lines);
      continue;
    }
    const [node, offset] = find(answer.below);
    select(node, offset);
    enter();
    if (style.before) enter();
    type(answer.lines);
    await pause(50);
  }
  if (style.html) { // only the HTML form is sent
    win.gMsgCompose.compFields.deliveryFormat = Ci.nsIMsgCompSendFormat.HTML;
  }
  const body = doc.body.innerHTML;
  win.GenericSendMessage(Ci.nsIMsgCompDeliverMode.Later);
  const outbox = await until("outbox", () => root.getChildNamed("Unsent Messages"));
  try { await until("mail", () => [...outbox.messages].length > 0); } catch (e) { throw new Error(e + body); }
  const mail = [...outbox.messages][0];
  const stream = outbox.getMsgInputStream ? outbox.getMsgInputStream(mail, {}) : outbox.getLocalMsgStream(mail);
  const bin = Cc["@mozilla.org/binaryinputstream;1"].createInstance(Ci.nsIBinaryInputStream);
  bin.setInputStream(stream);
  let text = "";
  for (let n; (n = Math.min(mail.messageSize - text.length, bin.available() || 0)) > 0;) text += bin.readBytes(n);
  return text;
}
main().then(v => done({ mail: btoa(v) }), e => done({ error: String(e) + "\n" + (e.stack || "") }));
