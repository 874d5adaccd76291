filedesc://x.arc 0.0.0.0 20140216050000 text/plain 65
1 0 test
URL IP-address Archive-date Content-type Archive-length

http://a.example/ 192.0.2.1 20140216050221 text/html 439
HTTP/1.1 200 OK
Content-Type: text/html

<!DOCTYPE html><html lang='nb'><head><title>Bro 1 stengt i Sandøy</title></head><body><article><h1>Bro 1 stengt i Sandøy</h1><p>Broen over elva er stengt til mandag, sier ordfører Kari Bø til Sandøyposten. Kommunen venter på rapport nummer 1 om fundamentene.</p><p>Rapporten kommer tidligst i neste uke, opplyser vegsjefen. Bussene kjører om sentrum så lenge.</p></article></body></html>
