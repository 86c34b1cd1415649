using OneTimeShare.Benchmarks.Floors;
using OneTimeShare.Benchmarks.Scenarios;

// scripts/bench runs this; the floors are this program again, in processes of their own.
return args switch
{
    ["run", .. var options] => await Run.AllAsync(options),
    ["floor-redis", var url, var redis] => await RedisFloor.ServeAsync(url, redis),
    ["floor-disk", var url, var folder] => await DiskFloor.ServeAsync(url, folder),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Use scripts/bench.");
    return 2;
}
