package io.penstock.orchestrator.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.CompactionStyle;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Statistics;
import org.rocksdb.TickerType;
import org.rocksdb.WriteOptions;

/** On the store itself: what Kafka Streams adds does not change what a lookup reads. */
class SmallRocksDbTest {
  /** Enough for a filter larger than a shard of the default cache. */
  private static final int KEYS = 600_000;

  /** In no order, as ids come; or the files would stay small. */
  private static final long A_PRIME = 7_919;

  private static final int LOOKUPS = 1_000;

  @TempDir Path folder;

  @Test
  void a_lookup_among_many_reads_neither_filter_nor_index_again() throws Exception {
    try (Statistics statistics = new Statistics();
        Options options =
            new Options()
                .setCreateIfMissing(true)
                .setStatistics(statistics)
                .setCompactionStyle(CompactionStyle.UNIVERSAL) // as Kafka Streams
                .setTableFormatConfig(new BlockBasedTableConfig())) {
      SmallRocksDb settings = new SmallRocksDb();
      settings.setConfig("state", options, Map.of());
      try (RocksDB store = RocksDB.open(options, folder.toString())) {
        fill(store);
        look(store); // reads them for the first time
        long before = misses(statistics);
        look(store);

        assertThat(misses(statistics) - before).isLessThan(LOOKUPS / 100);
      } finally {
        settings.close("state", options);
      }
    }
  }

  private static void fill(RocksDB store) throws RocksDBException {
    try (WriteOptions unlogged = new WriteOptions().setDisableWAL(true)) {
      for (int i = 0; i < KEYS; i++) {
        store.put(unlogged, key(2 * (int) (i * A_PRIME % KEYS)), new byte[0]);
      }
    }
    store.compactRange();
  }

  /** For keys between the others, so that no data has to be read. */
  private static void look(RocksDB store) throws RocksDBException {
    for (int i = 0; i < LOOKUPS; i++) {
      store.get(key(2 * i * (KEYS / LOOKUPS) + 1));
    }
  }

  private static byte[] key(int number) {
    return "execution-%08d".formatted(number).getBytes(UTF_8);
  }

  private static long misses(Statistics statistics) {
    return statistics.getTickerCount(TickerType.BLOCK_CACHE_FILTER_MISS)
        + statistics.getTickerCount(TickerType.BLOCK_CACHE_INDEX_MISS);
  }
}
