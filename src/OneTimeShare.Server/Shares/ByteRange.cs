using Microsoft.Net.Http.Headers;

namespace OneTimeShare.Server.Shares;

/// <summary>
/// The part of some content that a request asks for (RFC 9110 section 14): one range, all of it where there is no
/// range, several, or one that does not parse, as the RFC allows.
/// </summary>
/// <param name="Offset">In bytes.</param>
/// <param name="Length">In bytes; 0 where the range cannot be satisfied.</param>
/// <param name="IsPart">Whether the answer is 206.</param>
internal readonly record struct ByteRange(long Offset, long Length, bool IsPart)
{
    public bool IsUnsatisfiable => IsPart && Length == 0;

    /// <param name="request">GET or HEAD.</param>
    /// <param name="size">Of the whole, more than 0.</param>
    /// <param name="etag">Strong: a range for another version, or since some time, is answered with the whole.</param>
    public static ByteRange Of(HttpRequest request, long size, EntityTagHeaderValue etag)
    {
        var whole = new ByteRange(0, size, IsPart: false);
        if (!HttpMethods.IsGet(request.Method)) // as the RFC has it for every other method
            return whole;
        if (!RangeHeaderValue.TryParse(request.Headers.Range.ToString(), out var header)
            || !header.Unit.Equals("bytes", StringComparison.OrdinalIgnoreCase) || header.Ranges.Count != 1)
            return whole;
        if (request.Headers.IfRange.ToString() is { Length: > 0 } text
            && !(RangeConditionHeaderValue.TryParse(text, out var condition)
                && condition.EntityTag is { } tag && tag.Compare(etag, useStrongComparison: true)))
            return whole;

        var range = header.Ranges.First();
        if (range.From is { } from)
            return new ByteRange(from, Math.Max(0, Math.Min(range.To ?? size - 1, size - 1) - from + 1), IsPart: true);
        long last = Math.Min(range.To!.Value, size);
        return new ByteRange(size - last, last, IsPart: true);
    }
}
