/** What is guessed first, from the lists of leaked passwords; those of eight and more characters, lower case. */
export const commonPasswords: readonly string[] = `
password passw0rd password1 password12 password123 passwort contraseña 12345678 123456789 1234567890 123123123
11111111 00000000 88888888 87654321 987654321 qwertyui qwertyuiop qwerty123 qwerty12 qwertyuiop123 1q2w3e4r 1q2w3e4r5t
1q2w3e4r5t6y 1qaz2wsx 1qaz2wsx3edc zaq12wsx qazwsxedc qazwsxedcrfv asdfghjk asdfghjkl zxcvbnm1 zxcvbnmasdfghjkl
qwertyuiopasdfgh qwertyuiopasdfghjkl abcd1234 abc12345 a1b2c3d4 iloveyou iloveyou1 iloveyouforever trustno1 sunshine
princess football baseball basketball superman batman123 welcome1 welcome123 letmein1 letmein123 letmeinplease
changeme changeme123 changemeplease administrator admin123 admin1234 administrator1 computer internet starwars
whatever jennifer michelle jordan23 maverick mercedes corvette midnight cheyenne danielle victoria elizabeth
alexander christopher jonathan hellohello helloworld secret12 secret123 topsecret supersecret blink182 liverpool
chelsea1 arsenal1 manchester barcelona realmadrid steelers patriots dolphins cowboys1 rangers1 yankees1 redskins
dodgers1 lakers24 chocolate butterfly sweetheart beautiful precious lovely12 snoopy12 garfield scooby12 spiderman
pokemon1 pikachu1 dragonball warcraft minecraft fortnite callofduty playstation nintendo xbox3600 hunter22 shadow12
monkey12 dragon12 master12 killer12 mustang1 harley12 michael1 charlie1 thunder1 freedom1 summer2024 summer2025
summer2026 winter2024 winter2025 winter2026 spring2025 spring2026 autumn2025 autumn2026 november december january1
february september october1 californ california sandiego losangeles oceanside carlsbad sacramento sanfrancisco
waterdistrict waterworks waterwater customer customerservice customerservices curbstop curbstop1 curbstop123 meterreader
passwordpassword mypassword mypassword123 mypassword1 thisismypassword thisisapassword newpassword newpassword1
correcthorsebatterystaple correcthorse batterystaple tobeornottobe iloveyousomuch ihatepasswords passwordsarehard
qwertyqwerty adminadmin testtest testtesttest test1234 guestguest defaultpassword temporarypassword temppassword
`
  .trim()
  .split(/\s+/)
