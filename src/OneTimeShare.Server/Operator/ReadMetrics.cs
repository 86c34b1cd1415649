using System.Security.Cryptography;
using System.Text;
using OneTimeShare.Server.Shares;
using OneTimeShare.Server.Web;

namespace OneTimeShare.Server.Operator;

/// <summary>Numbers for the operator's monitoring; to everybody else there is nothing at this address.</summary>
internal static class ReadMetrics
{
    public static async Task<IResult> HandleAsync(
        HttpContext context, OperatorOptions options, OperatorGate gate, OperatorLog log, StoreNumbers numbers,
        Measures measures)
    {
        string shown = context.Request.Bearer();
        if (!IsToken(options.MetricsToken, shown) && await RefuseAsync(context, shown, gate, log) is { } refused)
            return refused;
        var text = new PrometheusText();
        WriteStore(text, await numbers.ReadAsync(context.RequestAborted));
        measures.Write(text);
        WriteProcess(text);
        return Results.Text(text.ToString(), PrometheusText.ContentType);
    }

    /// <summary>Null for the operator.</summary>
    private static async ValueTask<IResult?> RefuseAsync(
        HttpContext context, string shown, OperatorGate gate, OperatorLog log)
    {
        if (shown == "")
            return Problems.NotFound;
        var admission = await gate.AdmitAsync(context, shown);
        if (admission == Admission.Wrong)
            log.Refused(context);
        return admission switch
        {
            Admission.Right => null,
            Admission.Wrong => Problems.NotFound,
            Admission.Busy => Problems.Busy,
            Admission.Refused => Results.Empty,
        };
    }

    private static bool IsToken(string? token, string shown) => token is not null
        && CryptographicOperations.FixedTimeEquals(Hash(token), Hash(shown));

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.Unicode.GetBytes(text));

    private static void WriteStore(PrometheusText text, StoreNumbers.Numbers? numbers)
    {
        text.Gauge("ots_store_up", "Whether the store answers", numbers is null ? 0 : 1);
        if (numbers is null)
            return;
        // Of the store, and so the same at every server that shares it: not to be added up.
        text.Counters("ots_shares_total", "What has happened to shares in this store", "event",
            from what in ShareCounts.Kinds
            where what != ShareCount.CreatedBytes
            select (ShareCounts.NameOf(what), numbers.Total[what]));
        text.Counter("ots_created_bytes_total", "The sealed bytes of all shares in this store",
            numbers.Total[ShareCount.CreatedBytes]);
        text.Gauge("ots_live_shares", "Shares that wait or are on their way", numbers.Total.Live);
        text.Gauge("ots_storage_used_bytes", "What live shares hold and uploads have reserved", numbers.StorageUsed);
        if (numbers.StorageMax is { } max)
            text.Gauge("ots_storage_max_bytes", "OTS_MAX_STORAGE", max);
    }

    private static void WriteProcess(PrometheusText text)
    {
        text.Gauge("ots_build_info", "The version", 1, ("version", ReadStats.Version));
        text.Gauge("process_resident_memory_bytes", "Memory", Environment.WorkingSet);
        text.Counter("process_cpu_seconds_total", "Processor time", Environment.CpuUsage.TotalTime.TotalSeconds);
        text.Gauge("dotnet_gc_heap_bytes", "Memory of living objects, as far as is known", GC.GetTotalMemory(false));
        text.Gauge("dotnet_thread_pool_threads", "Threads of the pool", ThreadPool.ThreadCount);
        text.Gauge("dotnet_thread_pool_queue_length", "Work that waits for one", ThreadPool.PendingWorkItemCount);
    }
}
