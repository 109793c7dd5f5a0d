package io.penstock.standalone.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.Map;

/**
 * Reads objects as an API server does that is asked for strict field validation: a field that the
 * type does not have, and a number where a text belongs, are errors.
 */
final class StrictKubernetes {
  /** What we use. Another kind is an error until somebody has thought about how to check it. */
  private static final Map<String, Class<? extends HasMetadata>> TYPES =
      Map.of(
          "v1 ConfigMap", ConfigMap.class,
          "v1 Service", Service.class,
          "apps/v1 Deployment", Deployment.class,
          "apps/v1 StatefulSet", StatefulSet.class,
          "policy/v1 PodDisruptionBudget", PodDisruptionBudget.class);

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .annotationIntrospector(new NoPlaceForUnknownFields())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .withCoercionConfig(
              LogicalType.Textual,
              texts -> {
                texts.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
                texts.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
                texts.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
              })
          .build();

  private StrictKubernetes() {}

  /**
   * @param document one object, as YAML gives it
   * @throws MistakeException saying which object, where in it and what
   */
  static HasMetadata read(Map<?, ?> document) throws MistakeException {
    String type = document.get("apiVersion") + " " + document.get("kind");
    String name =
        document.get("metadata") instanceof Map<?, ?> metadata
            ? String.valueOf(metadata.get("name"))
            : "without a name";
    Class<? extends HasMetadata> known = TYPES.get(type);
    if (known == null) {
      throw new MistakeException("no check knows the type '%s' of %s".formatted(type, name), null);
    }
    try {
      return MAPPER.readValue(MAPPER.writeValueAsBytes(document), known);
    } catch (JsonProcessingException e) {
      throw new MistakeException("%s %s: %s".formatted(type, name, e.getMessage()), e);
    } catch (java.io.IOException impossible) {
      throw new IllegalStateException("bytes are read from memory", impossible);
    }
  }

  /** An object that the API server would refuse, or that no check knows. */
  static final class MistakeException extends Exception {
    private static final long serialVersionUID = 1L;

    MistakeException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** The types of the library keep what they do not know in a map; here it has nowhere to go. */
  private static final class NoPlaceForUnknownFields extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public Boolean hasAnySetter(Annotated annotated) {
      return false;
    }
  }
}
