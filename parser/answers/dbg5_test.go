package answers
import ("testing";"strings";"fmt";"time";"mentorrelay/parser/reply")
func TestDbg5(t *testing.T){
 qs:=intake(t,"en","")
 rd:=NewReader(qs); one:=NewReader(qs[:1]); txt:=NewReader(qs[3:4])
 pats:=[]string{"1b ","1b\n","1. b\n","every week, ","every week\n","a, ","a b c d ","> 1. How often would you like to be in touch?\n","1. How often would you like to be in touch?\n","How often would you like to be in touch? ","a) every week\n","> a) every week\n","4: ","4: x\n","4: x ","5: 1. ","monthly. ","monthly ","not ","no more than ","1/","> x\n","[x] ","*","question 1 ","question 3: c ","Q4: a\n5: b\n", "7 4 ","3 or 4 ", "once or twice ", "(", "\n", "é", "topics i i i i i ", "4: topics\n1. x\n", "outside outside ", "how ", "how how: ", "x\n> a) every week\n", "thanks\n", "Mia\n","abcdefgh ", "evrey twoo weekz ", "a) b) c) ", "- - ", "if it goes quiet, a reminder, "}
 for _,p:=range pats { for _,n:=range []int{25000,100000} {
  s:=strings.Repeat(p,n/len(p)+1)
  for k,r:=range []*Reader{rd,one,txt} {
  for m,re:=range []reply.Reply{ {Blocks: []reply.Block{{Kind:reply.New,Text:s,Answers:-1}}}, {Blocks: []reply.Block{{Kind:reply.Quoted,Text:s,Answers:-1},{Kind:reply.New,Text:s,Answers:0}}}} {
  t0:=time.Now(); r.Read(re); d:=time.Since(t0)
  if d>60*time.Millisecond { fmt.Printf("%q %d reader %d form %d: %v\n",p,n,k,m,d)}
  }}
 }}
}
