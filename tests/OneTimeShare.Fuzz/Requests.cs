namespace OneTimeShare.Fuzz;

/// <summary>A request of every kind, for a fuzzer to begin from.</summary>
internal static class Requests
{
    private const string Key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8", Token = "AAECAwQFBgcICQoLDA0ODw";
    private const string Json = "\nContent-Type: application/json\n\n";
    private const string Form = "\nContent-Type: application/x-www-form-urlencoded\n\n";
    private const string Envelope = "\nContent-Type: application/vnd.onetimeshare.envelope";

    public static IReadOnlyList<byte[]> Seeds { get; } = Target.Texts(
        "GET /", "GET /api/v1/policy", "HEAD /d/{canary}", "GET /r/{canary}\nAccept: text/html", "GET /health",
        "GET /openapi.json", "GET /download/{canary}", $"GET /d/{{canary}}%23{Key}", "GET /metrics", "GET /admin",
        "GET /api/v1/shares/{canary}\nAuthorization: Bearer {proof}",
        $"POST /api/v1/shares/{{canary}}/unlock{Json}{{\"link_proof\":\"{{proof}}\",\"claim_proof\":\"{Key}\"}}",
        $"POST /api/v1/shares/{{canary}}/claim{Json}{{\"link_proof\":\"{{proof}}\",\"claim_proof\":\"{Key}\","
            + $"\"claim_token\":\"{Token}\"}}",
        "GET /api/v1/shares/{claimed}/content\nAuthorization: Bearer {token}\nRange: bytes=0-9",
        "DELETE /api/v1/shares/{claimed}\nAuthorization: Bearer {token}",
        $"GET /api/v1/shares/{{canary}}/receipt\nAuthorization: Bearer {Token}",
        $"POST /api/v1/shares/{{canary}}/attempts\nAuthorization: Bearer {Token}",
        $"POST /api/v1/shares?ttl=60\nAuthorization: Bearer {Token}{Envelope}\n\nOTS1\u0001\0\0\0abcdefghijklmnop",
        $"POST /api/v1/uploads?ttl=60\nTus-Resumable: 1.0.0\nUpload-Length: 1000\nAuthorization: Bearer {Token}",
        $"PATCH /api/v1/uploads/{{canary}}\nTus-Resumable: 1.0.0\nUpload-Offset: 0\nAuthorization: Bearer {Token}"
            + "\nContent-Type: application/offset+octet-stream\n\nOTS1",
        $"HEAD /api/v1/uploads/{{canary}}\nTus-Resumable: 1.0.0\nAuthorization: Bearer {Token}",
        "OPTIONS /api/v1/uploads", $"POST /d/{{canary}}{Form}key={Key}&claim_token={Token}",
        $"POST /r/{{canary}}{Form}token={Token}&act=burn", "PUT /a.txt?ttl=30m\nAccept: application/json\n\nhello",
        "POST /upload?name=a.txt\nOTS-Create-Token: x\n\nhello",
        "POST /upload\nContent-Type: multipart/form-data; boundary=x\n\n--x\r\nContent-Disposition: form-data; "
            + "name=\"file\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\nhello\r\n--x\r\n"
            + "Content-Disposition: form-data; name=\"ttl\"\r\n\r\n30m\r\n--x--\r\n",
        "POST /upload\nContent-Type: multipart/form-data; boundary=\"x\"\nAccept: text/html\n\n--x\r\n"
            + "Content-Disposition: form-data; name=text\r\n\r\nhello\r\n--x--\r\n");

    public static IReadOnlyList<byte[]> Words { get; } = Target.Texts(
        "GET ", "HEAD ", "POST ", "PUT ", "PATCH ", "DELETE ", "OPTIONS ", "/api/v1/", "shares/", "uploads/",
        "{canary}",
        "{proof}", "{claimed}", "{token}", "/content", "/claim", "/unlock", "/receipt", "?ttl=", "%00", "%2f", "..",
        "#",
        "\nAuthorization: Bearer ", "\nContent-Type: ", "application/json", "\nRange: bytes=", "\nIf-Range: ",
        "\nAccept: ", "text/html", "\nSec-Fetch-Site: cross-site", "\nX-Forwarded-For: 1.2.3.4", "\nUpload-Offset: ",
        "\nUpload-Length: ", "\nTus-Resumable: 1.0.0", "\nTransfer-Encoding: chunked",
        "\nX-HTTP-Method-Override: PATCH",
        "\nCookie: ots-operator=", "\n\n", "--x\r\n", "--x--\r\n", "\r\n", "Content-Disposition: form-data; name=",
        "\"file\"; filename=\"", "filename*=UTF-8''", "ttl", "text", "create_token", "{\"", "\":\"", "null", "key=",
        "99999999999999999999", "\u00e9", "\0");
}
