package reply
import ("testing";"syscall";"strings";"fmt";"time";"math/rand")
func cpu() time.Duration { var r syscall.Rusage; syscall.Getrusage(0, &r); return time.Duration(r.Utime.Nano()+r.Stime.Nano()) }
func TestZZ(t *testing.T) {
 frag := append([]string{"\n","\n","\n\n","> "," ","<","@","On 1 May 2020 at 10:00","wrote:","A","b@c.test",">","From: a","Sent: b","-- ","____","Best regards,","Anna Berg","+33 6 12 34 56 78","Sent from my iPhone","this message is confidential intended recipient in error","To unsubscribe from this","[AB]","below","?","-----Original Message-----","---","\"","le 12/03/2024 10:15","a écrit :","x y z","(","http://a.test","."}, patterns...)
 start := time.Now(); worst := time.Duration(0); n := 0
 for time.Since(start) < 100*time.Second { var b strings.Builder; for range 1+rand.Intn(6) { b.WriteString(frag[rand.Intn(len(frag))]) }
  p := b.String(); pre := ""; if rand.Intn(3)==0 { pre = strings.Repeat(frag[rand.Intn(len(frag))]+"\n", 1+rand.Intn(3)); }; text := pre + strings.Repeat(p, 100000/len(p)+1)
  if rand.Intn(4)==0 { q := frag[rand.Intn(len(frag))]; text = text[:50000] + strings.Repeat(q, 50000/len(q)+1) }
  c := cpu(); Split(text); d := cpu()-c; n++
  if d > worst { worst = d; fmt.Println(d, len(text), fmt.Sprintf("%q %q", pre, p)) } }
 fmt.Println(n)
}
