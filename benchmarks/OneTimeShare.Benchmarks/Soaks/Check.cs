using OneTimeShare.Client;

namespace OneTimeShare.Benchmarks.Soaks;

/// <summary>An answer that is not the right one.</summary>
internal sealed class WrongAnswerException(string what) : Exception(what);

/// <summary>Every answer of a soak is looked at.</summary>
internal static class Check
{
    public static void That(bool holds, string what)
    {
        if (!holds)
            throw new WrongAnswerException(what);
    }

    public static T Value<T>(this Answer<T> answer)
        where T : class
    {
        That(answer.Is(out var value, out var refusal), $"{typeof(T).Name}: {refusal?.Kind} {refusal?.Status}");
        return value!;
    }

    public static Refusal Refused<T>(this Answer<T> answer)
        where T : class
    {
        That(!answer.Is(out _, out var refusal), $"{typeof(T).Name} where there is none");
        return refusal!;
    }

    public static void Done(this Refusal? refusal) =>
        That(refusal is null, $"{refusal?.Kind} {refusal?.Status} {refusal?.Failure}");

    public static async Task<byte[]> BodyAsync(this HttpResponseMessage response, int status)
    {
        using (response)
        {
            var body = await response.Content.ReadAsByteArrayAsync();
            That((int)response.StatusCode == status,
                $"{(int)response.StatusCode} instead of {status} for {response.RequestMessage!.Method}");
            That(response.Headers.Contains("Content-Security-Policy"), "no Content-Security-Policy");
            That(status < 400 || response.Content.Headers.ContentType?.MediaType == "application/problem+json",
                $"a {status} without problem details");
            return body;
        }
    }
}
