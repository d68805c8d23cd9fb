"""A processing step of a SageMaker pipeline that judges predictions; a gate that fails fails the step."""

from sagemaker.processing import ProcessingInput, ProcessingOutput, Processor
from sagemaker.workflow.properties import PropertyFile
from sagemaker.workflow.steps import ProcessingStep

WORK = "/opt/ml/processing"


def evaluate_step(role, predictions):
    """Judges the file predictions.csv in the folder `predictions` of S3."""
    result = PropertyFile(name="Result", output_name="evaluation", path="evaluation.json")
    processor = Processor(
        image_uri="registry.example/mlcicd:1",
        role=role,
        instance_count=1,
        instance_type="ml.m5.large",
        entrypoint=["mlcicd", "evaluate"],
    )
    arguments = processor.run(
        inputs=[ProcessingInput(source=predictions, destination=f"{WORK}/input")],
        outputs=[ProcessingOutput(output_name="evaluation", source=f"{WORK}/evaluation")],
        arguments=[
            "--predictions", "/opt/ml/processing/input/predictions.csv",
            "--task", "binary",
            "--label", "label",
            "--score", "score",
            "--gate", "rocAuc.lower95>=0.8",
            "--json", "/opt/ml/processing/evaluation/evaluation.json",
            "--html", "/opt/ml/processing/evaluation/report.html",
        ],
    )
    return ProcessingStep(name="Evaluate", step_args=arguments, property_files=[result])
