let known: Set<string> | undefined;

/**
 * The passwords that are tried first, in lower case: names, words, walks over the keyboard and their usual endings.
 * Those under eight characters are left out, since their length refuses them.
 */
export function commonPasswords(): Set<string> {
  return known ??= new Set(list.split(/\s/));
}

const list =
  `!qaz1qaz !qaz2wsx !qaz@wsx 00000000 000000000 0000000000 001002003 00112233 007007007 01010101 01020304
0102030405 012012012 01234567 012345678 0123456789 01234567890 09090909 098098098 09876543 0987654321
10101010 1010101010 10203040 1020304050 10293847 1029384756 11111111 111111111 1111111111 11111111111
11112222 1111aaaa 1111qqqq 111222333 111222333444 11223344 1122334455 112233445566 11235813 1123581321
12121212 121212121 1212121212 12312312 123123123 123123123123 1231231234 123321123 123321123321 12341234
123412341234 12344321 1234512345 123454321 1234554321 12345600 123456123 123456123456 12345654321
123456654321 12345671 12345678 123456781 123456787654321 123456788 123456789 1234567890 12345678900
123456789012 1234567890a 1234567890q 1234567891 12345678910 12345678987654321 1234567899 123456789987654321
123456789a 123456789abc 123456789q 123456789qwerty 123456789z 12345678a 12345678q 1234567a 123456987
123456999 123456aa 123456ab 123456abc 123456qwerty 12345abc 12345qwert 12345qwerty 1234abcd 1234asdf
1234qwer 1234qwer1234 1234qwerasdf 123654789 123abc123 123asd123 123qwe123 123qwe123qwe 123qwe456 123qweasd
123qweasdzxc 12qw34er 12qwaszx 13131313 1313131313 14141414 14253647 147147147 147258369 1472583690
147852369 14789632 147896325 1478963250 15151515 159159159 159357258 159753456 159753852 19191919 19841984
19851985 19861986 19871987 19881988 19891989 19901990 19911991 19921992 19931993 19941994 19951995 19961996
19971997 19981998 19991999 1a2b3c4d 1a2s3d4f 1q1q1q1q 1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y 1q2w3e4r5t6y7u
1q2w3e4r5t6y7u8i9o0p 1qaz!qaz 1qaz1qaz 1qaz2wsx 1qaz2wsx3edc 1qaz2wsx3edc4rfv 1qaz@wsx 1qazxsw2 1qazxsw23edc
1w2q3r4e 20002000 20012001 20052005 20102010 20122012 20202020 20202020a 21212121 22222222 222222222
2222222222 23232323 232323232 25252525 27182818 2wsx3edc 3.1415926 31313131 31415926 314159265 31415926535
321321321 321654987 33333333 333333333 369258147 3692581470 3edc4rfv 44444444 444444444 456456456 4815162342
55555555 555555555 5555555555 66666666 666666666 6666666666 741852963 753951456 77777777 777777777
7777777777 789456123 7894561230 789789789 87654321 87654321a 88888888 888888888 8888888888 951753852
963852741 98741236 987412365 987456321 98765432 987654321 9876543210 987654321987 987654321a 987987987
99999999 999999999 9999999999 a1234567 a12345678 a123456789 a1234567890 a1a2a3a4 a1b2c3d4 a1b2c3d4e5
a1s2d3f4 a1s2d3f4g5 aa123456 aa12345678 aa123456789 aaaa1111 aaaaaaaa aaaaaaaaa aaaaaaaaaa aaaabbbb aabbccdd
aaron123 abc12345 abc123456 abc123456789 abc123abc abcabc123 abcd1234 abcd12345 abcde123 abcde12345
abcdef123 abcdefg1 abcdefg123 abcdefgh abcdefghi abracadabra access123 access14 acmilan1 admin123 admin1234
admin12345 admin123456 admin@123 adminadmin administrator administrator1 adobe123 adrian123 alberto1
alejandra alejandra1 alejandro alejandro1 alex1234 alex12345 alexande alexander alexander1 alexandr
alexandra alexandra1 alexandria alexis12 alexis123 alicia12 allison1 alyssa12 amanda12 amanda123 america1
america10 america123 andrea12 andrea123 andreita andrew12 andrew123 android1 android123 angel101 angel123
angel1234 angelbaby angeleyes angelica angelica1 angelina angelito animals1 anthony1 anthony12 anthony2
antonio1 antonio12 anything apassword apollo11 apple123 apple1234 apples123 aquarius aquarius1 arizona1
armando1 arsenal1 arsenal12 arsenal123 asd12345 asd123456 asd123asd asdasd123 asdasdasd asdf1234 asdf12345
asdfasdf asdfasdf1 asdfgh12 asdfgh123 asdfghjk asdfghjkl asdfghjkl1 asdfghjkl123 asdfjkl; asdfqwer asdqwe123
asdzxc123 ashley12 ashley123 asshole1 asshole2 asterix1 atlantis austin12 austin316 australia autumn123
autumn2020 avalanche awesome1 awesome12 awesome123 azerty12 azerty123 azerty1234 azertyui azertyuiop
baby1234 babybaby babyblue babyboy1 babycakes babydoll babyface babygirl babygirl1 babygirl12 babygirl123
babygirl2 babylove1 badass123 badboy12 badgirl1 bailey12 baller23 banana12 banana123 bananas1 bandit12
bangladesh barbie12 barbie123 barcelona barcelona1 barcelona10 baseball baseball1 baseball12 baseball123
baseball2 basketball basketball1 basketball12 bassball1 batman01 batman12 batman123 batman1234 bears123
beatles1 beatrice beautiful beautiful1 beauty123 beckham23 beckham7 bella123 benfica1 benjamin benjamin1
berlin123 bernardo besiktas bhebhe123 bigboy12 bigdaddy bigdaddy1 biggie12 birthday birthday1 bismillah
bismillah1 blackberry blackberry1 blackbird blackcat blackdragon blackjack blackjack1 blackman blacksheep
blessed1 blessing blink182 blonde123 blue1234 blueberry blueberry1 bluebird bluemoon bluesky1 bobmarley
bonjour1 boobies1 booger12 boomer12 boricua1 boston12 brandon1 brandon12 brandon2 braveheart brazil123
bridget1 brittany brittany1 broncos1 brooklyn brooklyn1 brother1 brothers brownie1 bubba123 bubblegum
bubblegum1 bubbles1 bubbles12 bubbles123 buddy123 buddy1234 bulldog1 bulldogs bulldogs1 bullshit bullshit1
buster12 buster123 buttercup buttercup1 butterfly butterfly1 butterfly2 butthead butthead1 buttons1 calvin12
cameron1 camila123 camille1 canada123 capricorn cardinal cardinals cardinals1 carebear carlitos carlos12
carlos123 carnival carolina carolina1 caroline caroline1 casper12 cassandra cassie12 catdog12 catherine
catherine1 celeste1 celtic12 celtic1888 champion champion1 champions chance123 chandler chanel123 changeit
changeme changeme1 changeme123 changeme2 chargers charizard charles1 charlie1 charlie12 charlie123 charlie2
charlotte charlotte1 cheer123 cheerleader cheerleader1 cheese12 cheese123 cheeseburger cheesecake chelsea1
chelsea12 chelsea123 chelseafc cherokee cherries cherry12 chester1 chevrolet cheyenne chicken1 chicken12
chicken123 chickens chipmunk chiquita chiquito chocolat chocolate chocolate1 chocolate2 chris123 chris1234
chrisbrown chrisbrown1 christian christian1 christina christina1 christine christine1 christmas christmas1
christop christopher christopher1 cinderella cindy123 cinnamon cinnamon1 cisco123 clarinet classic1 claudia1
claudia12 cleopatra clifford cocacola cocacola1 colorado columbia computer computer1 computer12 computer123
computers contrasena contraseña cookie11 cookie12 cookie123 cookies1 cool1234 coolcool cooldude cooldude1
coolgirl coolgirl1 coolman1 corazon1 corazon12 corinthians corvette corvette1 coucou123 counter1
counterstrike courage1 courtney courtney1 cowboys1 cowgirl1 crazy123 crazygirl creative cricket1 cristian
cristiano cristiano7 cristina crystal1 cupcake1 cupcakes customer cutiepie cutiepie1 daddy123 daddysgirl
daisy123 dakota12 dance123 dancer12 dancing1 daniel12 daniel123 daniel1234 daniela1 danielita danielle
danielle1 danielle12 danny123 dark1234 darkangel darkknight darklord darkness darkness1 darkside darling1
darthvader database david123 david1234 deadpool december december1 december12 december25 deeznuts deeznutz
default1 delfines denise12 dennis12 deportivo destiny1 destiny12 devil666 devildog dexter12 diamond1
diamond12 diamonds diego123 dimples1 discovery disney123 disneyland doctor123 doctorwho doggie12 doggies1
doggy123 dolphin1 dolphin2 dolphins dolphins1 dominic1 dominique doraemon doudou123 dragon12 dragon123
dragon1234 dragon99 dragonball dragonball1 dragonballz dragonfly dragonfly1 dragons1 dreamer1 dreams123
dropbox1 drowssap drummer1 dublin123 eagles12 eastside eastside1 einstein electric element1 elephant
elephant1 elizabeth elizabeth1 elizabeth2 eminem123 emmanuel emmanuel1 enterprise estefania estrella
estrella1 everlast everton1 everything excalibur explorer extreme1 facebook facebook1 facebook123 fantasia
fantasy1 fashion1 fearless february february1 fenerbahce fernanda fernando fernando1 ferrari1 fireball
firebird firefighter firefly1 fireman1 flamengo flower12 flower123 flowers1 football football1 football10
football12 football123 football2 football7 football9 footballer forever1 forever12 forever123 forever2
forever21 forgetit forgetme formula1 fortnite fortnite1 fortnite123 francesco francisca francisco frankie1
franklin freddy12 frederick freedom1 freedom12 freedom123 freedom2 freeman1 freestyle friday13 friend123
friends1 friends12 friends123 friends2 friendship friendship1 fuckfuck fuckoff1 fuckthis fuckyou1 fuckyou123
fuckyou2 gabriel1 gabriela gabriela1 gabrielle galatasaray gamecube gameover gamer123 gamerboy gangsta1
gangster gangster1 garfield garfield1 gateway1 geronimo ghetto123 ginger01 ginger12 ginger123 giovanni
giovanni1 giraffe1 gladiator gladiator1 goddess1 godisgood godisgood1 godislove godislove1 golden123
goldfish goldfish1 goodgirl goodluck goodluck1 goodmorning goodtimes google12 google123 gorgeous gorgeous1
gothic123 graduate grandma1 grandpa1 grateful green123 greenday greenday1 griffin1 guest123 guest1234
guillermo guinness guitar12 guitar123 guitarman gunner12 gymnastics halflife halloween handball handsome
hannah12 hannah123 hardcore hardcore1 hardrock harley12 harley123 harrypotter harrypotter1 haslo123 hawaii50
heather1 heaven12 heavymetal hello123 hello1234 hello12345 hello123456 hello2you hellohello hellokitty
hellokitty1 helloworld helloworld1 hercules hermosa1 heythere hi123456 highland highlander highschool
hihihihi hithere1 hockey12 hockey123 hollywood hollywood1 homer123 homerun1 honda123 honey123 honeybee
honeybunny hotchick hotmail1 hotmail123 hotmama1 hotstuff hotstuff1 hottie101 hottie12 hottie123 houston1
howareyou hunter12 hunter123 hunter1234 hurricane iamthebest icecream icecream1 icecream2 idontcare
idontknow idontknow1 ihateyou ihateyou1 illusion ilovegod iloveher ilovehim ilovejesus iloveme1 iloveme2
ilovemom ilovemyfamily ilovemyself iloveu123 iloveyou iloveyou! iloveyou1 iloveyou12 iloveyou123 iloveyou143
iloveyou2 iloveyou22 iloveyou3 iloveyou7 iloveyouso imissyou immortal imperial infantry infinity infinity1
instagram intermilan internet internet1 inuyasha inuyasha1 iphone123 ireland1 ironman1 ironman3 isabel12
isabella isabella1 isabella2 isabelle jackass1 jackass2 jackson1 jackson12 jackson5 jacqueline jaguars1
jamaica1 jamesbond jamesbond007 january1 jasmine1 jasmine12 jasper12 jazz1234 jeffrey1 jellybean jellybean1
jennifer jennifer1 jeremiah jessica1 jessica12 jessica123 jesus123 jesus4me jesus777 jesuschrist jesusfreak
jesuslovesme jesussaves johncena johncena1 johndeere johnny12 johnson1 joker123 jonas123 jonasbrothers
jonathan jonathan1 jonathon jordan01 jordan12 jordan123 jordan23 joseph12 joshua12 joshua123 juliana1
junior01 junior12 junior123 justice1 justin12 justin123 justinbieber juventus juventus1 katherine katherine1
kawasaki keyboard kickass1 killer12 killer123 killer1234 killers1 kimberly kimberly1 kingdom1 kingkong
kingston kissme12 kissmyass kitten12 kittens1 kitty123 kittycat kittycat1 kittykat kristen1 kristina
lacoste1 lacrosse ladybug1 ladybug2 lakers08 lakers123 lakers24 lalala123 lalalala lamborghini lasvegas
legendary legolas1 leonardo leonardo1 letmein! letmein1 letmein12 letmein123 letmein2 letmeinnow letsgo123
liberty1 lifegood lifeisgood lifesucks lightning lightning1 lineage2 linkedin linkedin1 linkinpark
linkinpark1 littleman liverpool liverpool1 liverpool12 liverpoolfc lkjhgfdsa login123 login1234 loginlogin
lollipop lollipop1 lollypop lorenzo1 losenord lovebug1 loveless lovelife lovelove lovelove1 lovely12
lovely123 loverboy loverboy1 lovergirl loveyou1 loveyou2 lucky123 lucky1234 lucky777 macaroni mackenzie
mackenzie1 macromedia madison1 madison12 madonna1 maggie01 maggie12 maggie123 magnolia mahalkita mahalko123
makaveli makayla1 malibu123 mamama123 manager1 manchester manchester1 manunited manutd12 marathon margaret
margaret1 margarita mariana1 marihuana marijuana marijuana1 marines1 mario123 marlboro marlboro1 marley12
marshall maryjane maryjane1 maserati master12 master123 master1234 masterchief masterkey masters1 matrix12
matrix123 matthew1 matthew12 matthew2 maverick maverick1 maxwell1 mckenzie melanie1 melissa1 melissa12
melissa2 memories mercedes mercedes1 mercedes2 mercury1 merlin12 metallica metallica1 mexico12 mexico123
mexico13 michael1 michael12 michael123 michael2 michelle michelle1 michelle12 michelle2 mickey12 mickey123
mickeymouse microsoft microsoft1 midnight midnight1 midnight2 millenium millennium minecraft minecraft1
minecraft123 miracle1 mischief mission1 mississippi mnbvcxz1 mobilemail mohammed mommy123 monday123 money123
money1234 moneyman moneymoney monitoring monkey01 monkey11 monkey12 monkey123 monkey1234 monkey13 monkey22
monkey99 monkeyboy monkeyman monkeys1 monopoly monserrat monserrate monster1 monster12 monster123 montana1
montreal montserrat mookie12 moonlight moonlight1 morenita morgan12 motdepasse mother12 mother123
motherfucker motocross motocross1 motorola motorola1 mountain mountain1 mountain2 mountaindew movies123
muffin12 muhammad murphy12 mushroom music123 musica123 musiclover musicman mustafa1 mustang1 mustang2
mustangs mybaby123 myfamily mylove123 mypassword myspace1 myspace123 myspace2 mysql123 mystery1 naruto12
naruto123 nascar24 natalia1 natalie1 natasha1 nathaniel naughty1 newcastle newlife1 newpassword newyork1
newyork2 newyorkcity nicholas nicholas1 nicole01 nicole12 nicole123 nightmare nightmare1 nintendo nintendo1
nintendo2 nintendo64 nirvana1 nirvana123 nokia123 noname123 nopass123 nopassword northside nothing1 november
november1 november11 october1 october10 oliver12 oliver123 olivia12 olympus1 omega123 onelove1 onetwothree
opensesame operator oracle123 orange12 orange123 outkast1 p@ssw0rd p@ssw0rd1 p@ssw0rd123 p@ssword p@ssword1
p@ssword123 pa$$w0rd pa$$word pa55w0rd pa55word pa55word1 pacific1 packers1 pakistan pakistan1 pakistan123
palmeiras panther1 panthers panthers1 paradise paradise1 paramore paramore1 parola123 pass1234 pass12345
pass123456 pass@123 pass@1234 pass@word1 passcode passpass passport passport1 passw0rd passw0rd1 password
password! password0 password01 password1 password1! password11 password12 password123 password1234
password12345 password123456 password123456789 password13 password2 password22 password3 password69
password7 password99 password@123 passwords passwort passwort1 passwort123 patricia patricia1 patrick1
patrick2 patriots patriots1 peace123 peaches1 peaches2 peanut12 peanut123 peanutbutter pearljam penguin1
penguins pepper12 pepper123 pepsi123 phillips phoenix1 phoenix2 photoshop pikachu1 pineapple pineapple1
pineapple2 pinkfloyd pinky123 pirates1 pitbull1 platinum platinum1 playboy1 playboy12 playboy2 playboy69
player12 player123 playstation playstation2 playstation3 please123 pleasure poiuytre poiuytrewq pokemon1
pokemon12 pokemon123 pokemon2 pokemon99 poohbear poohbear1 popcorn1 popcorn12 popopopo porkchop porsche1
porsche911 portugal portugal1 postgres postgres1 precious precious1 predator prelude1 president preston1
pretty12 pretty123 prettygirl princesa princesa1 princess princess01 princess1 princess11 princess12
princess123 princess13 princess2 princess21 princess7 producer professional professor project1 promise1
prosper1 psycho123 pumpkin1 punkrock punkrock1 punkrocker puppies1 puppylove purple12 purple123 purple1234
pussycat q1234567 q12345678 q123456789 q1w2e3r4 q1w2e3r4t5 q1w2e3r4t5y6 q2w3e4r5 q2w3e4r5t6 qazwsx123
qazwsxedc qazwsxedcrfv qazxswedc quality1 queen123 qwaszx12 qwaszxqw qwe12345 qwe123456 qwe123qwe qweasd123
qweasdzxc qweasdzxc123 qweqwe123 qweqweqwe qwer1234 qwerasdf qwerasdfzxcv qwerfdsa qwert123 qwert1234
qwert12345 qwerty00 qwerty01 qwerty11 qwerty12 qwerty123 qwerty1234 qwerty12345 qwerty123456 qwerty123456789
qwerty22 qwerty321 qwerty77 qwerty78 qwerty99 qwertyasdf qwertyqwerty qwertyu1 qwertyui qwertyuiop
qwertyuiop123 qwertyuiop[] qwertzui qwertzuiop rachel01 rachel12 rachel123 rafael12 raiders1 raiders2
rainbow1 rainbow12 rainbow2 rainbows rammstein ranger12 rangers1 raspberry rastaman ravens12 realmadrid
realmadrid1 rebecca1 rebecca2 rebelde1 red12345 redhead1 redneck1 redskins redskins1 redsox04 remember
remember1 rememberme republic revolution rhapsody ricardo1 richard1 rihanna1 roberto1 robinson roblox123
rochelle rocknroll rockstar rockstar1 rockstar12 rockstar123 rockyou1 rockyou123 rodrigo1 romance1 ronaldo1
ronaldo123 ronaldo7 ronaldo9 roosters root1234 rootroot rosebud1 rosemary runescape runescape1 russell1
russia123 sailormoon salasana salvador samantha samantha1 samantha12 samantha2 samsung1 samsung12 samsung123
samsung2 samuel12 sanchez1 sandiego santiago santiago1 santos123 saopaulo1 sarah123 sasuke123 saturday
savannah savannah1 savannah2 scarface scarface1 school123 scooby12 scoobydoo scoobydoo1 scooter1 scorpio1
scorpion scorpion1 scotland scotland1 seahawks sebastian sebastian1 secret12 secret123 secret1234 secure123
security security1 senha123 september september1 serenity serenity1 server123 seventeen sexy1234 sexy12345
sexyback1 sexybitch sexybitch1 sexyboy1 sexygirl sexygirl1 sexylady sexylady1 sexymama sexymama1 sexyman1
sexysexy shadow01 shadow11 shadow12 shadow123 shadow1234 shadow99 shannon1 sheepdog shitface shithead
shopping shopping1 shorty12 shorty123 silver12 silver123 silverado sinclair singapore singapore1 single123
skateboard skateboarding skater12 skater123 skeeter1 skipper1 skittles skittles1 skywalker slayer666
slipknot slipknot1 slipknot6 slipknot666 smile123 smiley12 smokeweed smokey01 smokey12 snickers snickers1
snowball snowball1 snowboard snowboard1 snowboard2 snowflake snowman1 soccer10 soccer11 soccer12 soccer123
soccer13 softball softball1 softball12 something something1 sonic123 sophie12 sophie123 southside southside1
spaghetti spanish1 sparkle1 sparky12 special1 spencer1 spiderman spiderman1 spiderman2 spiderman3 spitfire
spongebob spongebob1 spongebob2 sporting spring123 spring2020 spring2021 squirrel stanford starcraft
stardust starfish stargate stargate1 starlight startrek startrek1 starwars starwars1 starwars12 starwars123
starwars2 steelers steelers1 steelers7 stella123 stephani stephanie stephanie1 stephen1 sterling stewart1
sticky123 stinky12 stormy12 stranger strawberry strawberry1 student1 student123 stupid12 stupid123 success1
success123 sugar123 summer01 summer12 summer123 summer2020 summer2021 summer2022 summer2023 summer2024
summer99 sundance sunflower sunflower1 sunshine sunshine1 sunshine12 sunshine123 sunshine2 superfly
supergirl superman superman1 superman12 superman123 superman2 superman7 supermario supernatural supernova
supersecret supersonic superstar superstar1 support1 support123 survivor suzuki123 sweetgirl sweetheart
sweetheart1 sweetie1 sweetness sweetpea sweets123 swimming swimming1 sydney12 sylvester syracuse tamara12
tarheels tattoo123 taurus12 taylor12 taylor123 teacher1 teamo123 teamo1234 teamomucho teddybear teddybear1
teiubesc telefone telephone temp1234 temporary temppass tequiero tequiero1 teresa12 terminator test1234
test12345 tester123 testing1 testing123 testing2 testtest theman123 thepassword therock1 thomas12 thomas123
thumper1 thunder1 thunderbird tiffany1 tiger123 tigerlily tigers12 tigger01 tigger12 tigger123 timberlake
timothy1 tinker12 tinkerbel tinkerbell tinkerbell1 titanic1 together topsecret tornado1 toronto1 tottenham
toulouse toyota123 trabzonspor treasure trinidad trinity1 trinity3 triumph1 trouble1 troubles trustme1
trustno01 trustno1 turkey123 tweety12 tweety123 tweetybird twilight twilight1 twinkle1 twitter1 undertaker
unicorn1 unicorns united123 universal universe universidad university user1234 user12345 utopia123 valencia
valentin valentina valentina1 valentine valerie1 valhalla vampire1 vampires vanessa1 venezuela veronica
veronica1 victoria victoria1 victoria12 victory1 vikings1 vincent1 violetta virginia virginia1 vladimir
vodka123 volcom123 volkswagen volleyball volleyball1 voyager1 wachtwoord wachtwoord1 wachtwoord2 warcraft
warcraft1 warhammer warrior1 warriors watermelon webmaster welcome! welcome01 welcome1 welcome12 welcome123
welcome1234 welcome2 welcome2020 welcome2021 welcome2022 wellington westham1 westside westside1 wetpussy
whatever whatever1 whatever12 whatever123 whatever2 whatsup1 whiteboy whocares wildcats wildcats1 william1
william12 william2 williams williams1 wilson123 windows1 windows10 windows7 windowsxp windsurf winston1
winter01 winter12 winter123 winter2020 winter2021 winter2022 winter2023 wisconsin wolfgang wolfpack
wolverine wolverine1 wonderful wonderful1 woofwoof wordpass worldofwarcraft worship1 wrestling wrestling1
xavier12 xbox1234 xxxxxxxx yahoo123 yamaha123 yankees1 yankees13 yankees2 yankees23 yellow11 yellow12
yellow123 ynwa1892 yourmom1 yourmom12 yourmom123 yourmom2 youtube1 youtube123 yoyoyo123 ytrewq123 z123456789
zachary1 zaq12wsx zaq1@wsx zaq1xsw2 zaq1zaq1 zaqwsx123 zaqwsxcde zaqxswcde zelda123 zeppelin zombie123
zxcasdqwe zxcasdqwe123 zxcv1234 zxcvbn123 zxcvbnm, zxcvbnm,./ zxcvbnm1 zxcvbnm123 zxcvzxcv zxczxczxc
zzzzzzzz
amazon123 april123 august123 business123 chat12345 chicago123 company123 demo12345 dezember123 family123
februar123 fruehling123 geheim123 hallo123 herbst123 januar123 july12345 june12345 livechat123 london123
madrid123 march123 may12345 message123 messages123 moscow123 office123 paris123 sales123 service123
shop12345 soleil123 sommer123 store123 sunday123 thursday123 tuesday123 verano123 website123 wednesday123`;
