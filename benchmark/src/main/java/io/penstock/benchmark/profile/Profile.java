package io.penstock.benchmark.profile;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/**
 * What a recording tells.
 *
 * @param cpu a sample counts 1
 * @param allocation a sample counts the bytes that it stands for
 */
record Profile(SampledStacks cpu, SampledStacks allocation) {
  private static final String CPU_TIME = "jdk.CPUTimeSample";
  private static final String EXECUTION = "jdk.ExecutionSample";
  private static final String ALLOCATION = "jdk.ObjectAllocationSample";

  /** Of samples of CPU time and of execution, which overlap, the former if there are any. */
  static Profile read(Path file) throws IOException {
    SampledStacks time = new SampledStacks();
    SampledStacks execution = new SampledStacks();
    SampledStacks allocation = new SampledStacks();
    try (RecordingFile events = new RecordingFile(file)) {
      while (events.hasMoreEvents()) {
        RecordedEvent event = events.readEvent();
        switch (event.getEventType().getName()) {
          case CPU_TIME -> time.add(thread(event, "eventThread"), frames(event), 1);
          case EXECUTION -> execution.add(thread(event, "sampledThread"), frames(event), 1);
          case ALLOCATION ->
              allocation.add(thread(event, "eventThread"), frames(event), event.getLong("weight"));
          default -> {
            // not asked for
          }
        }
      }
    }
    return new Profile(time.isEmpty() ? execution : time, allocation);
  }

  private static String thread(RecordedEvent event, String field) {
    RecordedThread thread = event.getThread(field);
    if (thread == null) {
      return "";
    }
    String name = thread.isVirtual() ? SampledStacks.VIRTUAL : thread.getJavaName();
    return name == null ? String.valueOf(thread.getOSName()) : name;
  }

  private static List<String> frames(RecordedEvent event) {
    RecordedStackTrace trace = event.getStackTrace();
    return trace == null
        ? List.of()
        : trace.getFrames().stream().filter(RecordedFrame::isJavaFrame).map(Profile::name).toList();
  }

  private static String name(RecordedFrame frame) {
    return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
  }
}
